package ui

import (
	"sync"

	"golang.design/x/clipboard"
)

var clipboardReady = sync.OnceValue(func() error { return clipboard.Init() })

// putPicture puts a PNG on the system's clipboard, and reports whether there is one that takes
// it. It blocks; not for the UI goroutine.
func putPicture(png []byte) bool {
	if clipboardReady() != nil {
		return false
	}
	return clipboard.Write(clipboard.FmtImage, png) != nil
}

// clipboardPNG is the picture on the system's clipboard, if there is one.
// Fyne's clipboard knows text alone. It blocks; not for the UI goroutine.
func clipboardPNG() []byte {
	if clipboardReady() != nil {
		return nil
	}
	return clipboard.Read(clipboard.FmtImage)
}
