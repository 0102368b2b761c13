package clipper

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/assets"
)

func setup(t *testing.T, system string) Setup {
	dir := t.TempDir()
	return Setup{System: system, Home: dir, Config: filepath.Join(dir, ".config"), Own: filepath.Join(dir, "own"), Program: "/opt/corkboard"}
}

func known(t *testing.T, name string) Browser {
	t.Helper()
	b, ok := Find(name)
	if !ok {
		t.Fatalf("%s is not known", name)
	}
	return b
}

func TestBrowsersAreToldAtTheirPlaces(t *testing.T) {
	for _, c := range []struct{ system, browser, file, key string }{
		{"linux", "chrome", ".config/google-chrome/NativeMessagingHosts/org.corkboard.clipper.json", ""},
		{"linux", "chromium", ".config/chromium/NativeMessagingHosts/org.corkboard.clipper.json", ""},
		{"linux", "firefox", ".mozilla/native-messaging-hosts/org.corkboard.clipper.json", ""},
		{"darwin", "edge", "Library/Application Support/Microsoft Edge/NativeMessagingHosts/org.corkboard.clipper.json", ""},
		{"darwin", "firefox", "Library/Application Support/Mozilla/NativeMessagingHosts/org.corkboard.clipper.json", ""},
		{"windows", "chrome", "own/chromium.json", `Software\Google\Chrome\NativeMessagingHosts\org.corkboard.clipper`},
		{"windows", "firefox", "own/firefox.json", `Software\Mozilla\NativeMessagingHosts\org.corkboard.clipper`},
	} {
		s := setup(t, c.system)
		at := s.of(known(t, c.browser))
		if file, _ := filepath.Rel(s.Home, at.file); filepath.ToSlash(file) != c.file || at.key != c.key {
			t.Errorf("%s on %s: %+v", c.browser, c.system, at)
		}
	}
}

func TestInstallAndRemove(t *testing.T) {
	s := setup(t, "linux")
	if err := os.MkdirAll(filepath.Join(s.Config, "chromium"), 0o700); err != nil {
		t.Fatal(err)
	}
	chromium, firefox := known(t, "chromium"), known(t, "firefox")
	for _, b := range []Browser{chromium, chromium, firefox} {
		if err := s.Install(b); err != nil {
			t.Fatal(err)
		}
	}
	state := map[string]State{}
	for _, st := range s.States() {
		state[st.Browser.Name] = st
	}
	if got := state["chromium"]; !got.Here || got.Program != s.Program {
		t.Errorf("%+v", got)
	}
	if got := state["chrome"]; got.Here || got.Program != "" {
		t.Errorf("%+v", got)
	}
	for _, b := range []Browser{chromium, firefox} {
		text, err := os.ReadFile(s.of(b).file)
		if err != nil {
			t.Fatal(err)
		}
		var h host
		if err := json.Unmarshal(text, &h); err != nil || h.Name != HostName || h.Type != "stdio" || !filepath.IsAbs(h.Path) {
			t.Errorf("%s, %v", text, err)
		}
		if b.Family == Firefox != (len(h.Extensions) == 1 && h.Extensions[0] == GeckoID) || b.Family == Chromium != (len(h.Origins) == 1 && h.Origins[0] == Origin()) {
			t.Errorf("%s lets in %q %q", b.Name, h.Origins, h.Extensions)
		}
		for range 2 {
			if err := s.Remove(b); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, st := range s.States() {
		if st.Program != "" {
			t.Errorf("%+v is left", st)
		}
	}
}

func TestTheExtensionIsOneForAllBrowsers(t *testing.T) {
	for family, background := range map[Family]string{Chromium: "service_worker", Firefox: "scripts"} {
		dir := t.TempDir()
		if err := Unpack(family, dir); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		var m struct {
			Version    int                        `json:"manifest_version"`
			Background map[string]json.RawMessage `json:"background"`
			Key        string                     `json:"key"`
			Gecko      json.RawMessage            `json:"browser_specific_settings"`
		}
		if err := json.Unmarshal(text, &m); err != nil || m.Version != 3 || len(m.Background) != 1 || m.Background[background] == nil {
			t.Errorf("%s, %v", text, err)
		}
		if (m.Key != "") != (family == Chromium) || (m.Gecko != nil) != (family == Firefox) {
			t.Errorf("%s has what is another's:\n%s", family, text)
		}
		for _, name := range []string{"background.js", "icon.png", "_locales/en/messages.json", "_locales/de/messages.json"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Error(err)
			}
		}
	}
	if id := ID(); len(id) != 32 || strings.Trim(id, "abcdefghijklmnop") != "" {
		t.Errorf("the extension is called %q", id)
	}
}

// The extension has words for all that it is told, in both languages.
func TestTheExtensionHasWordsForAll(t *testing.T) {
	script, err := assets.Clipper.ReadFile("clipper/background.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, must := range []string{`HOST = "` + HostName + `"`, "VERSION = 1;"} {
		if !strings.Contains(string(script), must) {
			t.Errorf("the extension does not say %s", must)
		}
	}
	english := map[string]json.RawMessage{}
	for _, language := range []string{"en", "de"} {
		text, err := assets.Clipper.ReadFile("clipper/_locales/" + language + "/messages.json")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]json.RawMessage{}
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		for _, code := range []string{codeKept, codeMalformed, codeLarge, codeVersion, codeFull, codeUnopened, codeFailed, "absent", "web"} {
			if words[code] == nil {
				t.Errorf("%s has no words for %q", language, code)
			}
		}
		if language == "en" {
			english = words
		}
		if len(words) != len(english) {
			t.Errorf("%s has %d texts, English %d", language, len(words), len(english))
		}
	}
}
