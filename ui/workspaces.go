package ui

import (
	"context"
	"fmt"
	"image/color"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/app/workspaces"
	"corkboard/ui/lang"
)

// workspacesItem leads to the other workspaces.
func (w *Window) workspacesItem() *fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, to := range w.places.List(w.app.Profile()) {
		item := checked(to.Here, fyne.NewMenuItem(short(w.nameOfWorkspace(to), 40), func() { w.switchTo(to) }))
		item.Icon = w.workspacePicture(to)
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.T("New workspace…"), w.newWorkspace),
		fyne.NewMenuItem(lang.T("Show in folder"), w.showProfileFolder))
	return subMenu(lang.T("Workspaces"), items...)
}

// workspacePicture is a disc in the colour of who is there.
func (w *Window) workspacePicture(of workspaces.Workspace) fyne.Resource {
	fill := color.RGBA{of.Colour[0], of.Colour[1], of.Colour[2], 0xff}
	if of.Colour == ([3]byte{}) {
		fill = w.env.Palette().InkFaint
	}
	disc := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9" fill="%s"/></svg>`, hexOf(fill))
	return fyne.NewStaticResource("workspace-"+hexOf(fill)+".svg", []byte(disc))
}

// nameOfWorkspace is its name; that of the usual one, which nobody has given, is in the
// language of the window.
func (w *Window) nameOfWorkspace(to workspaces.Workspace) string {
	if to.Dir == w.places.Usual {
		return lang.Below(to.Name)
	}
	return to.Name
}

// noteOpened remembers which workspace is used, and its colour.
func (w *Window) noteOpened(colour [3]byte) {
	if w.places.Usual == "" {
		return
	}
	w.work(func(context.Context) error { return w.places.Opened(w.app.Profile(), colour) })
}

// switchTo opens another workspace in a program of its own, and closes this window
// once everything is on disk. One that is open already comes to the front.
func (w *Window) switchTo(to workspaces.Workspace) {
	if to.Here {
		return
	}
	w.shut(func() error { return w.start(to.Dir) })
}

// newWorkspace asks for a name, and switches to a workspace of that name.
func (w *Window) newWorkspace() {
	var p *page
	name := newEscEntry(lang.T("Club, family, work …"), w.closeModal)
	create := func() {
		to, err := w.places.New(name.Text)
		if err != nil {
			p.complain(w.env.Sentence(err))
			return
		}
		w.closeModal()
		w.switchTo(to)
	}
	name.OnSubmitted = func(string) { create() }
	b := w.mainButton(lang.T("Create and switch"), create)
	not := newEscButton(lang.T("Not now"), w.closeModal, w.closeModal)
	p = w.openPage(lang.T("New workspace"), protectWidth, name, func(width float32) []fyne.CanvasObject {
		pal := w.env.Palette()
		return []fyne.CanvasObject{
			w.prose(lang.T("A workspace has boards, a name and keys of its own. Nobody can see that two of them are yours, unless you tell."), width, pal.Ink),
			name, w.prose(lang.T("This window closes once everything is saved, and the new one opens."), width, pal.InkMuted), buttonRow(width, b, not),
		}
	})
}

// showProfileFolder shows where this workspace is kept.
func (w *Window) showProfileFolder() { w.showFolder(w.app.Profile()) }

// showFolder opens a folder in the system's program for that.
func (w *Window) showFolder(path string) {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if !strings.HasPrefix(u.Path, "/") { // C:/…
		u.Path = "/" + u.Path
	}
	if err := w.fyne.OpenURL(u); err != nil {
		w.tell(err)
	}
}
