package cards

import "strings"

// Icon names a drawing for a file that has no picture of its own.
type Icon string

// The icons of files.
const (
	IconImage   Icon = "image"
	IconPDF     Icon = "pdf"
	IconAudio   Icon = "audio"
	IconVideo   Icon = "video"
	IconText    Icon = "text"
	IconCode    Icon = "code"
	IconSheet   Icon = "sheet"
	IconSlides  Icon = "slides"
	IconArchive Icon = "archive"
	IconFont    Icon = "font"
	IconFile    Icon = "file"
)

// pictures are the image types that can be decoded.
var pictures = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true,
	"image/bmp": true, "image/x-ms-bmp": true, "image/tiff": true, "image/svg+xml": true,
}

// KindFor is the kind of card for a file of that MIME type: a picture that
// cannot be decoded is a file.
func KindFor(mime string) Kind {
	mime = cleanMIME(mime)
	switch {
	case pictures[mime]:
		return KindImage
	case mime == "application/pdf":
		return KindPDF
	case strings.HasPrefix(mime, "audio/"):
		return KindAudio
	case strings.HasPrefix(mime, "video/"):
		return KindVideo
	}
	return KindFile
}

// iconsByExtension lists what MIME types often fail to tell.
var iconsByExtension = func() map[string]Icon {
	m := map[string]Icon{}
	for icon, list := range map[Icon]string{
		IconImage:   "heic heif avif psd raw ico xcf",
		IconAudio:   "mp3 ogg oga opus flac wav m4a aac mid",
		IconVideo:   "mp4 mkv webm mov avi ogv m4v",
		IconText:    "txt md rtf doc docx odt pages epub tex",
		IconCode:    "go c h cpp rs py js ts java rb php sh html css json xml yaml yml toml sql",
		IconSheet:   "xls xlsx ods csv tsv numbers",
		IconSlides:  "ppt pptx odp key",
		IconArchive: "zip gz tgz bz2 xz zst 7z rar tar deb rpm iso dmg",
		IconFont:    "ttf otf woff woff2",
	} {
		for _, ext := range strings.Fields(list) {
			m[ext] = icon
		}
	}
	return m
}()

// IconFor is the icon of a file: by MIME type, else by extension.
func IconFor(mime, extension string) Icon {
	mime = cleanMIME(mime)
	if mime == "application/pdf" {
		return IconPDF
	}
	if icon, ok := iconsByExtension[cleanExtension(extension)]; ok {
		return icon
	}
	class, _, _ := strings.Cut(mime, "/")
	switch class {
	case "image":
		return IconImage
	case "audio":
		return IconAudio
	case "video":
		return IconVideo
	case "text":
		return IconText
	case "font":
		return IconFont
	}
	return IconFile
}
