package verify

// Limits are some for tests; zero stands for the usual one.
type Limits struct{ Encoded, Ops, Same, Preds, Actors int }

// RewriteWithin is Rewrite with other limits.
func RewriteWithin(d *Decoded, n Names, l Limits) ([]*Decoded, error) {
	lim := foreign
	for _, x := range []struct {
		to *int
		n  int
	}{{&lim.encoded, l.Encoded}, {&lim.ops, l.Ops}, {&lim.same, l.Same}, {&lim.preds, l.Preds}, {&lim.actors, l.Actors}} {
		if x.n > 0 {
			*x.to = x.n
		}
	}
	return d.rewrite(n, lim)
}
