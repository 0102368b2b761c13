package board

// GlideTo moves the camera to another place: what was found, another zoom. It
// wants ticks; see Animating.
func (s *Session) GlideTo(c Camera) { s.glideTo(c.bounded()) }

// Target is where the camera is, or glides to.
func (s *Session) Target() Camera { return s.target() }
