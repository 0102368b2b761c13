package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/ui/lang"
)

const addressText = 13

// showAddresses is the sheet of addresses: those of this device, and a field for
// that of another one.
func (w *Window) showAddresses() {
	if w.together == nil {
		return
	}
	var p *page
	var b *escButton
	entry := newEscEntry(lang.T("Address of the other device"), w.closeModal)
	dial := func() {
		address := strings.TrimSpace(entry.Text)
		if address == "" {
			p.complain(lang.T("Paste the address that the other device shows here."))
			return
		}
		p.run(b, lang.T("Connecting…"), func() error { return w.together.DialManually(context.Background(), address) }, func() {
			w.notices.say(lang.T("Connected."))
			entry.SetText("")
		})
	}
	b = w.mainButton(lang.T("Connect"), dial)
	entry.OnSubmitted = func(string) { dial() }
	shown := w.together.Addresses()
	p = w.openPage(lang.T("Addresses"), shareWidth, entry, func(width float32) []fyne.CanvasObject {
		return w.layAddresses(shown, entry, b, width)
	})
	p.modal.follow = func() {
		now := w.together.Addresses()
		if p.working || strings.Join(now, "\n") == strings.Join(shown, "\n") {
			return
		}
		shown = now
		p.again()
	}
}

func (w *Window) layAddresses(shown []string, entry *escEntry, b *escButton, width float32) []fyne.CanvasObject {
	pal := w.env.Palette()
	out := []fyne.CanvasObject{
		w.prose(lang.T("Devices on one network find each other. Elsewhere it helps to type in where the other device is: it shows its addresses on this same sheet."), width, pal.Ink),
		entry, buttonRow(width, b),
	}
	title := heading(lang.T("This device"), w.env)
	title.TextSize = proseSize
	out = append(out, container.New(inset{0, 8}, title))
	if len(shown) == 0 {
		return append(out, w.prose(lang.T("This device has no address just now: it is offline, or still looking."), width, pal.InkMuted))
	}
	for _, address := range shown {
		out = append(out, w.addressRow(address, width))
	}
	return out
}

// addressRow is an address of this device with a button that copies it. A long one
// is broken: it must be read out whole.
func (w *Window) addressRow(address string, width float32) fyne.CanvasObject {
	copyIt := newEscButton(lang.T("Copy"), func() {
		w.fyne.Clipboard().SetContent(address)
		w.notices.say(lang.T("The address is on the clipboard."))
	}, w.closeModal)
	mono := fyne.TextStyle{Monospace: true}
	column := container.New(stacked{grow: -1})
	for _, line := range breakAnywhere(address, addressText, mono, width-copyIt.MinSize().Width-12) {
		t := canvas.NewText(line, w.env.Palette().Ink)
		t.TextSize, t.TextStyle = addressText, mono
		column.Add(t)
	}
	return container.New(inset{0, 3}, container.NewBorder(nil, nil, nil, container.New(middled{}, copyIt), container.New(middled{}, column)))
}

// breakAnywhere breaks a word without spaces into lines that fit.
func breakAnywhere(word string, size float32, style fyne.TextStyle, width float32) []string {
	var lines []string
	line := ""
	for _, r := range word {
		if line != "" && textWidth(line+string(r), size, style) > width {
			lines = append(lines, line)
			line = ""
		}
		line += string(r)
	}
	return append(lines, line)
}
