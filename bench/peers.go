package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// maxPeers bounds the file of the peers' results, in bytes.
const maxPeers = 1 << 20

// ratio compares a peer's median frame with ours, both measured on this
// machine with the same board and the same inputs.
type ratio struct {
	name, theirs, ours string
	least              float64
}

var ratios = []ratio{
	{"peer_ratio_excalidraw_pan_10000", "excalidraw_pan_10000_ms_p50", "board_pan_10000_ui_ms_p50", 10},
	{"peer_ratio_excalidraw_drag_10000", "excalidraw_drag_10000_ms_p50", "board_drag_10000_ui_ms_p50", 10},
	{"peer_ratio_tldraw_pan_4000", "tldraw_pan_4000_ms_p50", "board_pan_4000_ui_ms_p50", 30},
	{"peer_ratio_tldraw_drag_4000", "tldraw_drag_4000_ms_p50", "board_drag_4000_ui_ms_p50", 30},
}

func peerBudgets() (out []budget) {
	for _, p := range ratios {
		out = append(out, budget{name: p.name, unit: "times", sign: ">=", limit: p.least, asked: true})
	}
	return out
}

// comparePeers adds the ratios to the results, as far as our side was
// measured. path is what bench/peers wrote; values that are no numbers are
// its notes.
func comparePeers(path string, r results) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("reading the peers' results: %w", err)
	}
	if info.Size() > maxPeers {
		return fmt.Errorf("the peers' results in %s are too large", path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("reading the peers' results: %w", err)
	}
	var found map[string]any
	if err := json.Unmarshal(b, &found); err != nil {
		return fmt.Errorf("reading the peers' results in %s: %w", path, err)
	}
	for _, p := range ratios {
		ours := r[p.ours]
		if ours <= 0 {
			continue
		}
		theirs, measured := found[p.theirs].(float64)
		if !measured {
			return fmt.Errorf("the peers' results in %s lack %s", path, p.theirs)
		}
		r[p.name] = theirs / ours
	}
	return nil
}

// growth is how much more a median frame costs with ten times as many cards.
func growth(r results) {
	small, large := r["board_pan_1000_ui_ms_p50"], r["board_pan_10000_ui_ms_p50"]
	if small > 0 && large > 0 {
		r["growth_10000_over_1000_pan"] = large / small
	}
}
