package ui

import (
	"context"
	"reflect"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/ui/lang"
)

// What is said of devices.
const (
	sayDevices = "All your devices show the same Home and the same boards. What you write on one comes to the others when they are online, directly or by way of your storage peer. Others see that you have several devices, and not what they are called."
	sayAlready = "I use Corkboard on another device already…"
	sayGone    = "This device was removed by another one of yours. What was on it can still be read; nothing new comes, and nothing can be changed."
)

// showDevices is the sheet of this person's devices.
func (w *Window) showDevices() {
	if w.together == nil {
		w.tell(app.ErrNobodyMet)
		return
	}
	list, gone := w.together.Devices(), w.together.DeviceRemoved()
	add := w.mainButton(lang.T("Add a device…"), w.showAddDevice)
	become := newEscButton(lang.T(sayAlready), w.askForDeviceLink, w.closeModal)
	become.Hide()
	refused := w.refusal() != nil
	if refused || gone {
		add.Disable()
	}
	p := w.openPage(lang.T("Your devices"), protectWidth, add, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		out := []fyne.CanvasObject{w.prose(lang.T(sayDevices), width, pal.Ink)}
		if gone {
			out = append(out, w.prose(lang.T(sayGone), width, pal.Warning))
		}
		for _, d := range list {
			out = append(out, w.deviceRow(d, width, refused || gone))
		}
		return append(out, buttonRow(width, add, become))
	})
	p.modal.follow = func() {
		now, out := w.together.Devices(), w.together.DeviceRemoved()
		if reflect.DeepEqual(now, list) && out == gone {
			return
		}
		list, gone = now, out
		if gone {
			add.Disable()
		}
		p.again()
	}
	if len(list) < 2 && !refused {
		go func() {
			if w.together.Fresh(context.Background()) {
				w.frames.Add(func() {
					become.Show()
					p.again()
				})
			}
		}()
	}
}

// deviceRow is one device: its name, how it stands, and what can be done with it.
func (w *Window) deviceRow(d app.OwnDevice, width float32, refused bool) fyne.CanvasObject {
	pal := w.env.Palette()
	buttons := container.NewHBox()
	rename := newEscButton(lang.T("Rename…"), func() { w.askForDeviceName(d) }, w.closeModal)
	buttons.Add(rename)
	remove := newEscButton(lang.T("Remove…"), func() { w.askToRemoveDevice(d) }, w.closeModal)
	if refused {
		rename.Disable()
		remove.Disable()
	}
	if !d.This {
		buttons.Add(remove)
	}
	name := canvas.NewText(fitText(d.Name, proseSize, fyne.TextStyle{}, width-buttons.MinSize().Width-12), pal.Ink)
	name.TextSize = proseSize
	words, ink := deviceWords(d, w.env.Now()), pal.InkMuted
	if d.Here && !d.This {
		ink = pal.Ok
	}
	state := canvas.NewText(words, ink)
	state.TextSize = capText
	column := container.New(stacked{grow: -1}, name, container.New(inset{0, 1}, state))
	head := container.NewBorder(nil, nil, nil, container.New(middled{}, buttons), container.New(middled{}, column))
	return container.New(inset{0, 5}, head)
}

// deviceWords says how it stands with a device.
func deviceWords(d app.OwnDevice, now time.Time) string {
	switch {
	case d.This && d.Removed:
		return lang.T("this device; removed")
	case d.This:
		return lang.T("this device")
	case d.Here:
		return lang.T("here now")
	case d.Seen.IsZero():
		return lang.T("has not been met from here yet")
	}
	at := d.Seen.In(now.Location())
	if now.Sub(at) > 20*time.Hour {
		return lang.Tf("last met %s", lang.Time(at, "2 January 2006"))
	}
	return lang.Tf("last met %s", at.Format("15:04"))
}

func (w *Window) askForDeviceName(d app.OwnDevice) {
	var p *page
	var b *escButton
	entry := newEscEntry(lang.T("Name of the device"), w.closeModal)
	entry.Text = d.Name
	save := func() {
		name := strings.TrimSpace(short(entry.Text, maxName))
		if name == "" {
			p.complain(lang.T("Type a name."))
			return
		}
		p.run(b, lang.T("Saving…"), func() error { return w.together.RenameDevice(context.Background(), d.ID, name) }, func() {
			if p.shown() {
				w.showDevices()
			}
		})
	}
	b = w.mainButton(lang.T("Save"), save)
	entry.OnSubmitted = func(string) { save() }
	back := newEscButton(lang.T("Back"), w.showDevices, w.closeModal)
	p = w.openPage(lang.T("Rename a device"), protectWidth, entry, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			w.prose(lang.T("Only your own devices learn this name."), width, w.env.Palette().Ink),
			entry, buttonRow(width, b, back),
		}
	})
}

// askToRemoveDevice says what becomes of what a device has.
func (w *Window) askToRemoveDevice(d app.OwnDevice) {
	words := lang.T("It gets nothing new from now on, and what is written on it counts no more: the keys of all your boards are made anew without it. " +
		"What it has already it keeps, and whoever holds it may read that. It can come back only as a new device, emptied and added again.")
	w.confirm(question{
		title: lang.T("Remove the device?"), about: d.Name, words: []string{words},
		does: lang.T("Remove"), doing: lang.T("Removing…"), done: lang.T("The device is removed."),
		do:   func() error { return w.together.RemoveDevice(context.Background(), d.ID) },
		next: w.showDevices, back: w.showDevices,
	})
}
