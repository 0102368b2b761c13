package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/share"
)

func TestANewProfileIsGreetedOnce(t *testing.T) {
	d := newDesk(t)
	c := d.meet(newCrowd())
	d.w.welcome()
	if d.entryOnSheet().Text != "Jo Brandt" {
		t.Fatalf("the name is %q", d.entryOnSheet().Text)
	}
	d.write("Ada")
	if got := d.entryOnSheet().Text; got != "Ada" {
		t.Fatalf("typing gives %q: what stood there was not selected", got)
	}
	d.press(fyne.KeyReturn)
	d.until("the choices come", func() bool { return d.buttonOf("Share a board…") != nil })
	if name := c.Me().Name; name != "Ada" {
		t.Errorf("the name is %q", name)
	}
	if d.w.win.Canvas().Focused() != fyne.Focusable(d.buttonOf("Share a board…")) {
		t.Error("Enter would not share")
	}
	d.tapOn("Just start")
	if d.w.modal != nil || d.device().Welcome != app.WelcomeSeen {
		t.Fatalf("after it a sheet is open: %v; %q", d.w.modal != nil, d.device().Welcome)
	}
	if d.w.welcome(); d.w.modal != nil {
		t.Error("it comes again")
	}
}

func TestTheWelcomeIsSkippedAndClosed(t *testing.T) {
	d := newDesk(t)
	c := d.meet(newCrowd())
	d.w.welcome()
	d.tapOn("Skip")
	if d.buttonOf("Join with a link…") == nil || len(c.did) != 0 {
		t.Fatalf("after Skip: %q", c.did)
	}
	d.press(fyne.KeyEscape)
	if d.device().Welcome != app.WelcomeSeen {
		t.Error("what was closed would come again")
	}
	d.w.app.UpdateDevice(func(dev *deviceState) { dev.Welcome = "" }) // as an older profile
	if d.w.welcome(); d.w.modal != nil {
		t.Error("an older profile is greeted")
	}
}

func TestTheWelcomeLeadsToAnotherDevice(t *testing.T) {
	d := newDesk(t)
	d.meet(newCrowd())
	d.w.welcome()
	d.tapOn(sayAlready)
	if !d.sheetSays("Add a device") || d.device().Welcome != app.WelcomeSeen {
		t.Error("the welcome does not lead to the link of another device")
	}
}

func TestALinkIsPastedOrTakenFromTheClipboard(t *testing.T) {
	d := newDesk(t)
	d.meet(newCrowd())
	link := share.Format(invitationTo(elsewhere, share.Write))
	d.w.fyne.Clipboard().SetContent("milk")
	d.w.showPasteLink()
	if d.buttonOf("Use the link on the clipboard") != nil {
		t.Error("what is no link is offered")
	}
	d.write("milk")
	d.press(fyne.KeyReturn)
	if !d.sheetSays("That is no link to a board") {
		t.Error("nothing is said of what is no link")
	}
	d.entryOnSheet().SetText(link)
	d.tapOn("Continue")
	if !d.sheetSays("Join a shared board as an editor?") {
		t.Error("the link does not lead to joining")
	}
	d.w.fyne.Clipboard().SetContent(link)
	d.w.showPasteLink()
	if d.entryOnSheet().Text != "" {
		t.Error("the link was taken without being asked for")
	}
	d.tapOn("Use the link on the clipboard")
	if !d.sheetSays("Join a shared board as an editor?") {
		t.Error("the offered link does not lead to joining")
	}
}
