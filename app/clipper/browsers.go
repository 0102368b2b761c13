package clipper

import (
	"path/filepath"
	"slices"
)

// Family is how a browser takes extensions.
type Family string

// The families.
const (
	Chromium Family = "chromium"
	Firefox  Family = "firefox"
)

// Browser is one that the clipper works in.
type Browser struct {
	Name   string // on the command line
	Words  string // for people
	Family Family

	linux, mac string // folders of the browser, below those of programs
	windows    string // key of the registry, below HKEY_CURRENT_USER
}

// Browsers are the browsers that are known. Read it, never change it.
var Browsers = []Browser{
	{"chrome", "Chrome", Chromium, "google-chrome", "Google/Chrome", `Software\Google\Chrome`},
	{"chromium", "Chromium", Chromium, "chromium", "Chromium", `Software\Chromium`},
	{"edge", "Edge", Chromium, "microsoft-edge", "Microsoft Edge", `Software\Microsoft\Edge`},
	{"brave", "Brave", Chromium, "BraveSoftware/Brave-Browser", "BraveSoftware/Brave-Browser", `Software\BraveSoftware\Brave-Browser`},
	{"vivaldi", "Vivaldi", Chromium, "vivaldi", "Vivaldi", `Software\Vivaldi`},
	{"firefox", "Firefox", Firefox, ".mozilla", "Mozilla", `Software\Mozilla`},
}

// Find is a browser by its name on the command line.
func Find(name string) (Browser, bool) {
	i := slices.IndexFunc(Browsers, func(b Browser) bool { return b.Name == name })
	if i < 0 {
		return Browser{}, false
	}
	return Browsers[i], true
}

// where is what a browser needs to be told, on some system.
type where struct {
	browser string // folder that is there if the browser was ever used; "" where a key tells
	file    string // that says where the program is
	key     string // of the registry that names the file; "" where it is found by its place
}

// of tells the places of a browser. System is as in runtime.GOOS; home is the person's folder,
// config that of the settings of programs, and own a folder of ours.
func (b Browser) of(system, home, config, own string) where {
	switch system {
	case "windows":
		return where{file: filepath.Join(own, string(b.Family)+".json"), key: b.windows + `\NativeMessagingHosts\` + HostName}
	case "darwin":
		dir := filepath.Join(home, "Library", "Application Support", filepath.FromSlash(b.mac))
		return where{browser: dir, file: filepath.Join(dir, "NativeMessagingHosts", HostName+".json")}
	}
	if b.Family == Firefox {
		dir := filepath.Join(home, b.linux)
		return where{browser: dir, file: filepath.Join(dir, "native-messaging-hosts", HostName+".json")}
	}
	dir := filepath.Join(config, filepath.FromSlash(b.linux))
	return where{browser: dir, file: filepath.Join(dir, "NativeMessagingHosts", HostName+".json")}
}

// HowTo is what a person does once in a browser of a family, with the folder of the extension.
func HowTo(f Family) string {
	if f == Firefox {
		return "In Firefox, open about:debugging, choose “This Firefox” and “Load Temporary Add-on…”, and pick manifest.json in the folder of the extension"
	}
	return "In the browser, open chrome://extensions, switch “Developer mode” on, choose “Load unpacked” and pick the folder of the extension"
}
