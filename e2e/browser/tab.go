package browser

import "time"

// Tab is a page that is open.
type Tab struct {
	b       *Browser
	tab     target // what buttons act on
	session string // of the page
}

// Open opens a page and waits until it is there.
func (b *Browser) Open(address string) *Tab {
	b.t.Helper()
	b.must("", "Target.createTarget", map[string]any{"url": address}, nil)
	tab := &Tab{b: b, tab: b.find("tab", address), session: b.attach(b.find("page", address))}
	tab.until("document.readyState === 'complete'")
	return tab
}

// Do runs a script in the page.
func (t *Tab) Do(script string) {
	t.b.t.Helper()
	if err := t.b.evaluate(t.session, script, nil); err != nil {
		t.b.t.Fatal(err)
	}
}

// Reload opens the page anew and waits until it is there.
func (t *Tab) Reload() {
	t.b.t.Helper()
	t.Do("window.before = true")
	t.b.must(t.session, "Page.reload", nil, nil)
	t.until("window.before === undefined && document.readyState === 'complete'")
}

func (t *Tab) until(script string) {
	t.b.t.Helper()
	for end := time.Now().Add(patience); ; {
		var holds bool
		if err := t.b.evaluate(t.session, script, &holds); err == nil && holds {
			return
		}
		if time.Now().After(end) {
			t.b.t.Fatalf("never: %s", script)
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// Press presses the button of an extension in the browser's bar, as a person does.
func (t *Tab) Press(extension string) {
	t.b.t.Helper()
	t.b.must("", "Extensions.triggerAction", map[string]any{"id": extension, "targetId": t.tab.ID}, nil)
}

// Worker is the part of an extension that runs behind all pages.
type Worker struct {
	b       *Browser
	session string
}

// Worker speaks with an extension's script.
func (b *Browser) Worker(extension, script string) *Worker {
	b.t.Helper()
	return &Worker{b, b.attach(b.find("service_worker", "chrome-extension://"+extension+"/"+script))}
}

// Text runs a script there, waits for its promise and gives the text that it ends with.
func (w *Worker) Text(script string) string {
	w.b.t.Helper()
	var value string
	if err := w.b.evaluate(w.session, script, &value); err != nil {
		w.b.t.Fatal(err)
	}
	return value
}
