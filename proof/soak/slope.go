package soak

import "math"

// line is the straight line through points by least squares: how fast it rises, and the
// standard error of that. Both are 0 for fewer than three points.
func line(x, y []float64) (slope, uncertain float64) {
	if len(x) < 3 {
		return 0, 0
	}
	mx, my := mean(x), mean(y)
	var sxx, sxy float64
	for i := range x {
		sxx += (x[i] - mx) * (x[i] - mx)
		sxy += (x[i] - mx) * (y[i] - my)
	}
	if sxx == 0 {
		return 0, 0
	}
	slope = sxy / sxx
	rest := 0.0
	for i := range x {
		d := y[i] - my - slope*(x[i]-mx)
		rest += d * d
	}
	return slope, math.Sqrt(rest / float64(len(x)-2) / sxx)
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(len(list))
}
