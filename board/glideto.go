package board

// GlideTo moves the camera to another place: what was found, another zoom. It
// wants ticks; see Animating.
func (s *Session) GlideTo(c Camera) { s.glideTo(c.bounded()) }
