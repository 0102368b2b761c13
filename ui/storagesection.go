package ui

import (
	"context"
	"image/color"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/ui/lang"
)

// What is said where there is no storage peer yet.
const sayNoStorage = "None yet. One keeps the boards that you share, sealed, on a computer that is always on: so the others get your changes while you are away. “storage-peer run” starts one there and prints a link to open here; the page “Running a storage peer” of the documentation says more."

// storageSection is the storage peers among the settings. UI goroutine only.
type storageSection struct {
	w      *Window
	object *fyne.Container
	list   []app.StoragePeer
}

func (w *Window) newStorageSection() *storageSection {
	s := &storageSection{w: w, object: container.New(stacked{grow: -1}), list: w.together.StoragePeers()}
	s.lay()
	return s
}

// follow lays them anew when something is different.
func (s *storageSection) follow() {
	if now := s.w.together.StoragePeers(); !reflect.DeepEqual(now, s.list) {
		s.list = now
		s.lay()
	}
}

func (s *storageSection) lay() {
	w := s.w
	width := min(settingsWidth, w.win.Canvas().Size().Width-32) - 2*sheetPad
	s.object.RemoveAll()
	row := func(o fyne.CanvasObject) { s.object.Add(container.New(inset{8, 2}, o)) }
	if len(s.list) == 0 {
		row(w.smallLines(lang.T(sayNoStorage), width, w.env.Palette().InkMuted))
	}
	for _, p := range s.list {
		row(s.peer(p, width))
	}
	add := newEscButton(lang.T("Add a storage peer…"), w.askForStorageLink, w.closeModal)
	if w.refusal() != nil {
		add.Disable()
	}
	s.object.Add(container.New(inset{8, 6}, container.NewHBox(add)))
	s.object.Refresh()
}

// peer is one storage peer: where it is, how it stands, and a button to remove it.
func (s *storageSection) peer(p app.StoragePeer, width float32) fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	remove := newEscButton(lang.T("Remove…"), func() { w.askToForget(p) }, w.closeModal)
	if w.refusal() != nil {
		remove.Disable()
	}
	words, ink := lang.T("cannot be reached now"), pal.InkMuted
	if p.Here {
		words, ink = lang.T("here now"), pal.Ok
	}
	room := width - remove.MinSize().Width - 16
	name := canvas.NewText(fitText(p.Address, proseSize, fyne.TextStyle{}, room), pal.Ink)
	name.TextSize = proseSize
	state := canvas.NewText(words, ink)
	state.TextSize = capText
	column := container.New(stacked{grow: -1}, name, container.New(inset{0, 1}, state))
	head := container.NewBorder(nil, nil, nil, container.New(middled{}, remove), container.New(middled{}, column))
	out := container.New(stacked{grow: -1}, head, w.smallLines(storageWords(p), width, pal.InkMuted))
	if p.Problem != nil {
		out.Add(w.smallLines(w.env.Sentence(p.Problem), width, pal.Warning))
	}
	return container.New(indent{0, 8}, out)
}

// smallLines is a paragraph of small print.
func (w *Window) smallLines(words string, width float32, ink color.Color) fyne.CanvasObject {
	column := container.New(stacked{grow: -1})
	for _, line := range breakLines(words, capText, width) {
		t := canvas.NewText(line, ink)
		t.TextSize = capText
		column.Add(container.New(inset{0, 1}, t))
	}
	return column
}

// storageWords says what a storage peer keeps: "Keeps 2 boards · 1.2 MB of 5 GB used ·
// 80 GB free on its disk".
func storageWords(p app.StoragePeer) string {
	if p.Free == 0 && p.Used == 0 {
		return lang.T("It has not said yet how it stands.")
	}
	boards := lang.T("Keeps no board yet")
	if p.Boards > 0 {
		boards = lang.N(p.Boards, "Keeps 1 board", "Keeps %d boards")
	}
	used := lang.Tf("%s used", lang.Size(p.Used))
	if p.Quota > 0 {
		used = lang.Tf("%s of %s used", lang.Size(p.Used), lang.Size(p.Quota))
	}
	return strings.Join([]string{boards, used, lang.Tf("%s free on its disk", lang.Size(p.Free))}, " · ")
}

// askToForget says what becomes of what a storage peer has.
func (w *Window) askToForget(p app.StoragePeer) {
	words := lang.T("Nothing new of your boards is kept there from now on, and the others do not look there for them any more. What it has stays on its disk, sealed, until whoever runs it takes it away. " +
		"Unless another storage peer keeps your boards, the others get your changes only while they are online at the same time as somebody who has them.")
	w.confirm(question{
		title: lang.T("Remove the storage peer?"), about: p.Address, words: []string{words},
		does: lang.T("Remove"), doing: lang.T("Removing…"), done: lang.T("The storage peer is removed."),
		do:   func() error { return w.together.RemoveStoragePeer(context.Background(), p.ID) },
		next: w.showSettings, back: w.showSettings,
	})
}
