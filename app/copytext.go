package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"corkboard/cards"
	"corkboard/exchange"
	"corkboard/share"
)

// TextOf is what documents say, one after the other, as Markdown; of files and boards it is
// the title. What cannot be read is left out and is in the error. It blocks. Errors: ErrAbsent,
// the context's.
func (a *App) TextOf(ctx context.Context, links []share.Link) (string, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	var said []string
	var errs []error
	for _, l := range links {
		text, err := a.markdownOf(ctx, l)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		said = append(said, strings.TrimSpace(text))
	}
	return strings.Join(said, "\n\n"), errors.Join(errs...)
}

func (a *App) markdownOf(ctx context.Context, l share.Link) (string, error) {
	if l.Kind == cards.KindBoard {
		b, err := a.readBoard(ctx, l.Document)
		if err != nil {
			return "", fmt.Errorf("reading a board: %w", err)
		}
		return cmp.Or(cards.CleanName(b.Title), cards.TitleOf(cards.KindBoard, b)), nil
	}
	root, err := a.readWhole(ctx, l.Document)
	if err != nil {
		return "", fmt.Errorf("reading a card: %w", err)
	}
	if text := exchange.MarkdownOf(l.Kind, root, func(id string) string { return a.Speaker(id).Name }); text != "" {
		return text, nil
	}
	return exchange.TitleOf(l.Kind, root), nil
}
