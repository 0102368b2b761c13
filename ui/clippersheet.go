package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/app/clipper"
	"corkboard/ui/lang"
)

// What is said of the clipper, and what is to be done once in a browser.
const (
	sayClipper  = "A button in your browser keeps a page, a selection, an image or a link on your Inbox board, also while Corkboard is closed."
	sayNowhere  = "No browser was found in which it works: Chrome, Chromium, Edge, Brave, Vivaldi or Firefox."
	doChromium  = "Then, once: open chrome://extensions in the browser, switch “Developer mode” on, press “Load unpacked” and choose this folder:"
	doFirefox   = "Then, in Firefox: open about:debugging, choose “This Firefox”, press “Load Temporary Add-on…” and choose manifest.json in this folder. Firefox forgets it when it is closed:"
	clipperWide = 560
)

// clipperSheet lets browsers know of the program. UI goroutine only.
type clipperSheet struct {
	w     *Window
	page  *page
	setup clipper.Setup
	list  []clipper.State
}

// settingsClipper says what the clipper is, and leads to its sheet.
func (w *Window) settingsClipper() fyne.CanvasObject {
	open := newEscButton(lang.T("Set up the clipper…"), w.showClipper, w.closeModal)
	width := min(settingsWidth, w.win.Canvas().Size().Width-32) - 2*sheetPad
	return container.New(stacked{grow: -1},
		container.New(inset{8, 2}, w.smallLines(lang.T(sayClipper), width, w.env.Palette().InkMuted)),
		container.New(inset{8, 6}, container.NewHBox(open)))
}

// showClipper reads how browsers stand, and shows it.
func (w *Window) showClipper() {
	s := &clipperSheet{w: w}
	s.page = w.openPage(lang.T("Browser clipper"), clipperWide, nil, s.lay)
	go func() {
		setup, err := w.clipper()
		list := setup.States()
		w.frames.Add(func() {
			s.setup, s.list = setup, list
			s.page.again()
			s.page.complain(w.env.Sentence(err))
		})
	}()
}

// here is the browsers that there is something to say of.
func (s *clipperSheet) here() (list []clipper.State) {
	for _, st := range s.list {
		if st.Here || st.Program != "" {
			list = append(list, st)
		}
	}
	return list
}

func (s *clipperSheet) lay(width float32) []fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	out := []fyne.CanvasObject{w.prose(lang.T(sayClipper), width, pal.Ink)}
	if s.list == nil {
		return out
	}
	if len(s.here()) == 0 {
		return append(out, w.prose(lang.T(sayNowhere), width, pal.InkMuted))
	}
	installed := map[clipper.Family]bool{}
	for _, st := range s.here() {
		out = append(out, s.row(st, width))
		installed[st.Browser.Family] = installed[st.Browser.Family] || st.Program != ""
	}
	for _, f := range []clipper.Family{clipper.Chromium, clipper.Firefox} {
		if installed[f] {
			out = append(out, s.howTo(f, width)...)
		}
	}
	return out
}

// row is one browser: how it stands, and a button that changes that.
func (s *clipperSheet) row(st clipper.State, width float32) fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	state, ink := lang.T("does not know Corkboard"), pal.InkMuted
	words, does, f := lang.T("Install"), lang.T("Installing…"), s.setup.Install
	switch st.Program {
	case "":
	case s.setup.Program:
		state, ink = lang.T("knows Corkboard"), pal.Ok
		words, does, f = lang.T("Remove"), lang.T("Removing…"), s.setup.Remove
	default:
		state, ink = lang.T("knows another copy of Corkboard"), pal.Warning
	}
	var b *escButton
	b = newEscButton(words, func() {
		setup := s.setup
		var list []clipper.State
		s.page.run(b, does, func() error {
			err := f(st.Browser)
			list = setup.States()
			return err
		}, func() {
			s.list = list
			s.page.again()
		})
	}, w.closeModal)
	name := canvas.NewText(fitText(st.Browser.Words, proseSize, fyne.TextStyle{}, width-b.MinSize().Width-16), pal.Ink)
	name.TextSize = proseSize
	say := canvas.NewText(state, ink)
	say.TextSize = capText
	column := container.New(stacked{grow: -1}, name, container.New(inset{0, 1}, say))
	return container.New(indent{0, 8}, container.NewBorder(nil, nil, nil, container.New(middled{}, b), container.New(middled{}, column)))
}

// howTo is what a person does in browsers of a family, and where the extension is.
func (s *clipperSheet) howTo(f clipper.Family, width float32) []fyne.CanvasObject {
	w, pal := s.w, s.w.env.Palette()
	words := lang.T(doChromium)
	if f == clipper.Firefox {
		words = lang.T(doFirefox)
	}
	folder := s.setup.Folder(f)
	show := newEscButton(lang.T("Show folder"), func() { w.showFolder(folder) }, w.closeModal)
	copyIt := newEscButton(lang.T("Copy path"), func() {
		w.fyne.Clipboard().SetContent(folder)
		w.notices.say(lang.T("The path is on the clipboard."))
	}, w.closeModal)
	return []fyne.CanvasObject{
		w.prose(words, width, pal.InkMuted), w.smallLines(folder, width, pal.Ink), buttonRow(width, show, copyIt),
	}
}
