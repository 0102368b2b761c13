package main

import (
	"context"
	"net"
	"time"

	"corkboard/doc"
	"corkboard/net/presence"
)

// crowd are the persons on the wall: one points and has selected something,
// one writes, one drags, one only looks.
var crowd = map[string]presence.State{
	"Ada Lovelace":         {Points: true, Pointer: presence.Point{X: 250, Y: 330}, Selected: []string{"text", "image"}},
	"Grace Hopper":         {Typing: "todo", Selected: []string{"todo"}},
	"Łukasz":               {Points: true, Pointer: presence.Point{X: 820, Y: 640}, Selected: []string{"file"}, Drag: []presence.Rect{{X: 640, Y: 560, W: 300, H: 96}}},
	"Emmy Noether":         {Points: true, Pointer: presence.Point{X: 1100, Y: 120}, Selected: []string{"image"}},
	"Hedy":                 {},
	"Katherine Johnson":    {Points: true, Pointer: presence.Point{X: 420, Y: 700}},
	"Maria Sibylla Merian": {Selected: []string{"pdf"}},
}

// gather lets the crowd on the wall and gives the rooms from which it is seen.
func gather(ctx context.Context) func(doc.ID) *presence.Room {
	hub := presence.NewHub(time.Now, func(person string) presence.Profile { return presence.Profile{Name: person} })
	all := func(doc.ID) bool { return true }
	for name, state := range crowd {
		other := presence.NewHub(time.Now, nil)
		other.Room(wall).Show(state)
		here, there := net.Pipe()
		go func() { _ = hub.Run(ctx, here, presence.Peer{Device: name, Person: name}, all) }()
		go func() { _ = other.Run(ctx, there, presence.Peer{Device: "gallery", Person: "gallery"}, all) }()
	}
	return hub.Room
}
