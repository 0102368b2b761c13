package ui

import (
	"log/slog"
	"os"
	"sync"

	"fyne.io/fyne/v2/theme"

	"corkboard/renderers/paint"
)

// systemFonts are where systems keep a font with Chinese, Japanese and Korean
// letters; the first that is there is taken. None is part of the program: they
// are larger than all the rest of it.
var systemFonts = []string{
	"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
	"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
	"/System/Library/Fonts/Hiragino Sans GB.ttc",
	"/System/Library/Fonts/PingFang.ttc",
	`C:\Windows\Fonts\msyh.ttc`,
	`C:\Windows\Fonts\malgun.ttf`,
}

// maxSystemFont bounds what is read into memory, in bytes.
const maxSystemFont = 32 << 20

// fallbackFonts is loadFallbackFonts, once.
var fallbackFonts = sync.OnceFunc(loadFallbackFonts)

// loadFallbackFonts gives the painters fonts for letters that Inter lacks:
// those of Fyne, and one of the system. It blocks on the disk, and what was painted
// before keeps its empty boxes.
func loadFallbackFonts() {
	fonts := [][]byte{theme.DefaultTextFont().Content(), theme.DefaultSymbolFont().Content()}
	for _, path := range systemFonts {
		info, err := os.Stat(path)
		if err != nil || info.Size() > maxSystemFont {
			continue
		}
		if data, err := os.ReadFile(path); err == nil {
			fonts = append(fonts, data)
			break
		}
	}
	if err := paint.SetFallback(fonts...); err != nil {
		slog.Warn("a fallback font cannot be used", "err", err)
	}
}
