package soak

import (
	"math"
	"math/rand/v2"
	"testing"
)

// A line is found in noise, within what it says of its own certainty.
func TestLine(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	outside := 0
	for range 200 {
		var x, y []float64
		for i := range 20 {
			x = append(x, float64(i))
			y = append(y, 5+0.3*float64(i)+r.NormFloat64())
		}
		slope, uncertain := line(x, y)
		if uncertain < 0.01 || uncertain > 0.1 {
			t.Fatalf("uncertain by %f", uncertain)
		}
		if math.Abs(slope-0.3) > 2.1*uncertain { // two-sided 95 % of 18 degrees of freedom
			outside++
		}
	}
	if outside > 25 {
		t.Errorf("%d of 200 lie outside of what 95 %% should hold", outside)
	}
	if s, u := line([]float64{1, 2}, []float64{1, 9}); s != 0 || u != 0 {
		t.Errorf("two points give %f ± %f", s, u)
	}
}
