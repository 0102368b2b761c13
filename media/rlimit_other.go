//go:build !linux && !darwin

package media

// restrict does nothing: the parent's clock is the only limit here.
func restrict() {}

func allowCPU(int) {}
