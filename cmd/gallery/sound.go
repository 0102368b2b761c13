package main

import (
	"math"
	"strings"
	"time"

	"corkboard/renderers"
)

// Files of sounds: one that plays, and one that cannot be played.
var heard, unheard = strings.Repeat("a1", 32), strings.Repeat("a2", 32)

// bells is a waveform: strokes that fade.
func bells() string {
	var b strings.Builder
	for i := range 120 {
		b.WriteByte('0' + byte(8+52*math.Exp(-float64(i%20)/7)*(0.6+0.4*math.Sin(float64(i)/19))))
	}
	return b.String()
}

// Playing tells what plays.
func (gossip) Playing(blob string) renderers.Playing {
	switch blob {
	case heard:
		return renderers.Playing{Here: true, On: true, At: 1_204 * time.Second, Total: 3_020 * time.Second, Volume: 0.6}
	case unheard:
		return renderers.Playing{Here: true, Volume: 1, Trouble: "This kind of sound cannot be played here. “Open with…” plays it in another program."}
	}
	return renderers.Playing{Volume: 0.6}
}

// Toggle, Seek and SetVolume change nothing: the gallery makes no sound.
func (gossip) Toggle(string)        {}
func (gossip) Seek(string, float64) {}
func (gossip) SetVolume(float64)    {}
