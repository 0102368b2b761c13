package main

import (
	"fmt"
	"math"

	"corkboard/board"
	"corkboard/renderers"
)

// crowd is how many others there are in a presenceScene.
const crowd = 16

// presenceScene names the scene of others on a board of n cards.
func presenceScene(n int) string {
	if n == homeCards {
		return fmt.Sprintf("presence_%d_%d", crowd, n)
	}
	return fmt.Sprintf("presence_%d", crowd)
}

// others move in circles; all of them have selected some cards, some drag.
func (s *stage) others(i int) {
	camera, cards := s.view.Session.Camera, s.view.View().Cards
	all := make([]renderers.Other, crowd)
	for j := range all {
		turn := 2 * math.Pi * (float64(i)/100 + float64(j)/crowd)
		at := camera.ToBoard(middle.Add(board.Point{X: 600 * math.Cos(turn), Y: 350 * math.Sin(turn)}))
		does := renderers.Presence{Points: true, Pointer: at}
		for k := range min(5, len(cards)) {
			does.Selected = append(does.Selected, cards[(5*j+k)%len(cards)].Card.ID)
		}
		if j%4 == 0 {
			for k := range 6 {
				does.Drag = append(does.Drag, board.Rect{X: at.X + float64(k)*40, Y: at.Y + float64(k)*30, W: 300, H: 180})
			}
		}
		name := fmt.Sprintf("Person %d", j)
		look := renderers.PersonLook{Name: name, Colour: [3]byte{byte(j * 16), 90, byte(255 - j*16)}}
		all[j] = renderers.Other{Device: name, Person: name, Look: look, Active: true, Does: does}
	}
	s.view.SetOthers(all)
}

// alone ends that. The pointers must have been drawn.
func (s *stage) alone() error {
	drawn := 0
	onUI(func() {
		r := s.view.CreateRenderer()
		drawn = len(r.Objects())
		s.view.SetOthers(nil)
		drawn -= len(r.Objects())
	})
	if drawn < crowd {
		return fmt.Errorf("%d objects show %d others", drawn, crowd)
	}
	return nil
}
