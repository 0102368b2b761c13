package app

import (
	"context"
	"fmt"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// LinkTo is a link that names a person and holds no secret: whoever has it learns who
// they are once they share a board with them.
func LinkTo(p Person) string {
	return share.Format(share.Link{Document: doc.ID(p), Kind: share.KindPerson})
}

// PinPerson puts a card that stands for a person on a board, where there is room. It
// blocks on the disk. Errors: those of docstore.
func (a *App) PinPerson(ctx context.Context, boardID doc.ID, p Person) (board.CardID, error) {
	return a.pinFree(ctx, boardID, cards.KindContact, a.contactCard(boardID, p))
}

// PinDevice puts a card that stands for a device on a board, where there is room. It
// blocks on the disk. Errors: ErrAbsent, those of docstore.
func (a *App) PinDevice(ctx context.Context, boardID doc.ID, device string) (board.CardID, error) {
	d, ok := a.DeviceOf(device)
	if !ok {
		return "", ErrAbsent
	}
	return a.pinFree(ctx, boardID, cards.KindDevice, cards.NewDevice(cards.Device{Device: device, Person: string(d.Owner.Person), Name: d.Name}))
}

// PinStoragePeer puts a card that stands for a storage peer on a board, where there is
// room. It blocks on the disk. Errors: ErrAbsent, those of docstore.
func (a *App) PinStoragePeer(ctx context.Context, boardID doc.ID, id string) (board.CardID, error) {
	for _, p := range a.StoragePeers() {
		if p.ID == id {
			return a.pinFree(ctx, boardID, cards.KindStorage, cards.NewStoragePeer(cards.StoragePeer{Device: id, Name: p.Address}))
		}
	}
	return "", ErrAbsent
}

// pinFree pins a new document where there is room.
func (a *App) pinFree(ctx context.Context, boardID doc.ID, kind string, edits []doc.Edit) (board.CardID, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	at, err := a.FreePlace(ctx, boardID)
	if err != nil {
		return "", err
	}
	return a.pinNew(ctx, boardID, at, "", kind, edits)
}

// contactCard is a card for a person as they are known here.
func (a *App) contactCard(boardID doc.ID, p Person) []doc.Edit {
	c := cards.Contact{Person: string(p)}
	if m, ok := a.OnBoard(boardID, p); ok {
		c.Name, c.Colour = m.Name, fmt.Sprintf("#%02x%02x%02x", m.Colour[0], m.Colour[1], m.Colour[2])
	}
	return cards.NewContact(c)
}

// standFor makes cards for the persons among links that are to be pinned: a person is
// not a document.
func (a *App) standFor(ctx context.Context, boardID doc.ID, links []share.Link) ([]share.Link, error) {
	for i, l := range links {
		if l.Kind != share.KindPerson {
			continue
		}
		link, err := a.put(ctx, boardID, cards.KindContact, a.contactCard(boardID, Person(l.Document)))
		if err != nil {
			return nil, err
		}
		links[i] = link
	}
	return links, nil
}
