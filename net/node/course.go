package node

import (
	"corkboard/net/wire"
)

// member is a collection on a connection.
type member struct {
	shelf Shelf
	tag   wire.Tag
}

func (l *link) runCourse(s wire.Stream, fresh []*member) error {
	s.Write([]byte{1})
	<-l.ctx.Done()
	return nil
}

func (l *link) wakeCourses() {}

func (l *link) openRest() error { return nil }
