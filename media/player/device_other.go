//go:build !cgo

package player

// device is none: without cgo there is no way to one.
type device struct{}

func openDevice(form, transfer, func()) (*device, error) { return nil, ErrNoDevice }

func (*device) close() {}
