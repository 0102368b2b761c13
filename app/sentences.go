package app

import (
	"context"
	"io/fs"
	"syscall"

	"corkboard/access"
	"corkboard/app/ipc"
	"corkboard/app/programs"
	"corkboard/app/register"
	"corkboard/app/workspaces"
	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/docstore/past"
	"corkboard/docstore/replica"
	"corkboard/exchange"
	"corkboard/exchange/backup"
	"corkboard/exchange/jsoncanvas"
	"corkboard/exchange/pushpin"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/media"
	"corkboard/media/player"
	"corkboard/media/sound"
	"corkboard/net/blind/admin"
	"corkboard/net/host"
	"corkboard/net/node"
	"corkboard/net/pair"
	"corkboard/net/web"
	"corkboard/net/wire"
	"corkboard/share"
	"corkboard/sqlite"
)

// sentences are in order: an error is often of several kinds, and the first
// that fits says most.
var sentences = []saying{
	// Backups.
	{backup.ErrShort, "Choose a passphrase of at least 8 characters: whoever has the file can try as long as they like."},
	{backup.ErrWrongPassphrase, "This passphrase does not open the backup. Nothing was restored."},
	{backup.ErrNotBackup, "This file is no backup of Corkboard. Nothing was restored."},
	{backup.ErrNewer, "This backup was made by a newer version of Corkboard. Update Corkboard to restore it."},
	{backup.ErrDamaged, "This backup is damaged: it was cut off or changed. Nothing was restored."},
	{backup.ErrChanged, "A file of the profile has changed while it was backed up. Nothing was written; try again."},
	{ErrLogDamaged, "Part of what is stored is damaged, so no backup was made. “corkboard check” says what; earlier copies are in the profile's backups folder."},
	{ErrRestoreDamaged, "What this backup holds cannot be read as a profile. Nothing was restored."},
	{ErrNotHere, "The folder for the backup is not there, or nothing can be written to it. Choose another place."},

	// Bundles.
	{ErrBundleAlone, "This board is yours alone, so nobody else could open the bundle. Share the board first, then export it for those who are on it."},
	{ErrBundleNewer, "Something on this board was written by a newer version of Corkboard and is not in the bundle."},
	{ErrNotBundle, "This is no bundle of Corkboard, or its beginning is damaged. Nothing was changed."},
	{ErrBundleNewerFile, "This bundle was made by a newer version of Corkboard. Update Corkboard to open it."},
	{ErrBundleBroken, "Too much of this bundle is damaged to read on. What could be read was kept."},
	{ErrNotForYou, "This bundle is of a board that you are not on, so it stays sealed. Ask somebody on it for a link, open the link, then open the bundle again."},
	{ErrOutOfBundle, "You are not on the board of this bundle: you were removed, or it was made before you were invited. Ask somebody on it for a new link and a new bundle."},
	{syscall.EFBIG, "The file is too large for this disk. Sticks are often set up so that a file ends at 4 GB; set it up anew as exFAT, or use another."},

	// Other programs.
	{programs.ErrStart, "This program could not be started. Choose another one with “Open with…”."},
	{programs.ErrExec, "This program does not say how it is started. Choose another one with “Open with…”."},

	// Shared folders.
	{ErrFolderGone, "The folder is not there. If it is on a stick or another disk, connect that; it is used again as soon as it is there."},
	{ErrFolderShut, "Nothing can be read or written in this folder. Check its permissions and whether the disk is full."},
	{ErrFolderKnown, "This folder is used already."},
	{ErrFolderOwn, "This folder belongs to a profile of Corkboard. Choose one that is only for exchanging."},
	{ErrManyFolders, "More folders cannot be used at once. Remove one first."},

	// The disk below everything.
	{blobs.ErrFull, "The disk is full. Free some space and try again; nothing that was saved is lost."},
	{sqlite.ErrFull, "The disk is full. Free some space; Corkboard keeps trying, and you can export the board elsewhere."},
	{syscall.ENOSPC, "The disk is full. Free some space and try again."},
	{docstore.ErrNewer, "This profile was written by a newer version of Corkboard. It is open for reading only; update Corkboard to change it."},
	{sqlite.ErrNewer, "This profile was written by a newer version of Corkboard. Update Corkboard to open it."},
	{docstore.ErrOlder, "This profile was written by an older version of Corkboard and cannot be brought up to date, because its folder cannot be written. Copy it to where you can write."},
	{docstore.ErrReadOnly, "This profile cannot be written, so it is open for reading only. You can look at everything and export it."},
	{blobs.ErrReadOnly, "The profile's folder cannot be written. Check the disk and the permissions of the folder."},
	{sqlite.ErrReadOnly, "The disk cannot be written. Check the disk and the permissions of the profile's folder."},
	{sqlite.ErrBusy, "Another program is using the profile's database. Close it and try again."},
	{sqlite.ErrVersion, "This build of Corkboard has a database library with a known fault and does not trust it. Install a proper build."},

	// The profile.
	{docstore.ErrNotAProfile, "That folder holds other things and is no Corkboard profile. Choose another or an empty one with --profile."},
	{docstore.ErrDamagedHeader, "This profile is here, but its header.json is damaged, and so is the copy in its backups folder. Nothing was changed."},
	{docstore.ErrNoLog, "This profile has lost its log.db, where everything is kept. Nothing was changed; the newest copy is in its backups folder."},
	{register.ErrByPackage, "On this system the package does that when it is installed."},
	{ErrNoBrowser, "No browser was found that the clipper works in. Name one with --browser."},
	{docstore.ErrLocked, "Your keys are locked, so nothing can be changed. Unlock them in the window; until then you can look and export."},
	{docstore.ErrNoKeys, "This profile's keys are lost or damaged, so nothing can be changed. You can look at everything and export it; a copy of the keys may be in its backups folder, under identity."},
	{docstore.ErrRebuilt, "The profile's database was damaged. It was put together again from what could be read and from its backups; what is missing comes from others who have it. The damaged one is in the profile's quarantine folder."},
	{sqlite.ErrCorrupt, "The profile's database is damaged, so not everything is shown. Nothing was deleted. Quit Corkboard and start it again: it puts together what can be read. Copies are in the profile's backups folder."},
	{sqlite.ErrUnreadable, "The disk does not give back a part of the profile's database, so not everything is shown. Quit Corkboard and start it again: it puts together what can be read. Make a copy of your profile's folder soon."},
	{sqlite.ErrIO, "The disk reports an error. Make a copy of your profile's folder soon."},

	// Sounds.
	{player.ErrNoMicrophone, "There is no microphone that can be used, so nothing can be recorded."},
	{player.ErrNoDevice, "There is no sound device that can be used, so nothing can be played."},
	{player.ErrLost, "The sound device is gone. Press play to use another."},
	{sound.ErrUnsupported, "This kind of sound cannot be played here. “Open with…” plays it in another program."},
	{sound.ErrBroken, "This sound is damaged or cut short."},
	{sound.ErrTooLarge, "This sound is too large to be played here. “Open with…” plays it in another program."},

	// The past.
	{past.ErrPast, "This is the past of the board. Restore what you want back, or press Esc to return to the present."},
	{past.ErrNotYet, "This card was not there yet."},
	{workspaces.ErrNoName, "Type a name for the workspace."},
	{workspaces.ErrTaken, "There is a workspace of that name already. Choose another name."},

	// The keys.
	{docstore.ErrWordsKept, "Write down the recovery words first, so that nothing can lock you out."},
	{docstore.ErrNoWords, "The recovery words are written down, and not on this device any more."},
	{docstore.ErrNoKeyring, "The system's keyring does not answer. Choose a passphrase instead."},
	{ErrOtherWords, "These are not the two words. Look at what you have written down."},
	{ErrDiffer, "The two passphrases differ. Type the same one twice."},
	{vault.ErrWrongPassphrase, "This is not the passphrase."},
	{vault.ErrNoPassphrase, "Type a passphrase."},
	{vault.ErrWrongWords, "These are the words of somebody else, or others have taken their place."},
	{vault.ErrDamaged, "The file of your keys is damaged. It stays as it is; a copy may be in the profile's backups folder, under identity."},
	{vault.ErrChanged, "Another program has changed the file of your keys. Start Corkboard again."},
	{identity.ErrWordCount, "There must be 24 words, with spaces between."},
	{identity.ErrWordsDoNotFit, "These words do not belong together: one is not the right one, or two have changed places."},

	// Documents.
	{docstore.ErrDamaged, "Part of this document is damaged. What can be read is shown; the rest is kept in the profile's quarantine folder."},
	{docstore.ErrAbsent, "That card or board is not on this device."},
	{ErrAbsent, "That card or board is not on this device."},
	{doc.ErrGone, "It is not there any more."},
	{doc.ErrExists, "It is there already."},
	{doc.ErrBadEdit, "That does not fit this document."},
	{doc.ErrClosed, "Corkboard is closing."},
	{doc.ErrNothing, ""},
	{ErrKind, "This version of Corkboard cannot make such a card."},
	{ErrIntoItself, "A board cannot be put into itself."},
	{ErrHalfMove, "This move cannot be done again: the other board has changed since. Move the cards once more instead."},
	{board.ErrLocked, "Locked cards stay where they are. Unlock them first."},
	{board.ErrTooDeep, "Groups cannot be nested deeper than this."},
	{cards.ErrDate, "That is not a date. Write it like 2026-01-31."},
	{cards.ErrFull, "This list is full. Start another one."},
	{cards.ErrNotYours, "Somebody else wrote this. Only they can change it."},
	{cards.ErrTooLong, "This message is too long. Send it in parts, or make a text card of it."},
	{cards.ErrTooMany, "There is no room for more here. Start another thread."},
	{cards.ErrMessageID, "That message could not be added. Try again."},
	{cards.ErrItemID, "That item could not be added. Try again."},

	// Shared boards.
	{ErrHome, "Home is yours alone and cannot be shared. Make a board on it and share that one."},
	{ErrTooMuch, "There is too much on this board and on the boards on it to share them at once."},
	{ErrNotShared, "This board is not shared."},
	{ErrNoMember, "They are not on this board any more."},
	{ErrLinkGone, "This link was made on another device and can be copied only there. Make a new one here."},
	{ErrRemoved, "You were removed from this board, and a link does not let you in again. Ask for an invitation by name."},
	{ErrNoInvitation, "This invitation is not there any more."},
	{docstore.ErrNoCollection, "This shared board is not on this device."},
	{replica.ErrNotAllowed, "Your role on this board does not allow that."},
	{replica.ErrNoInvitation, "This invitation is not open any more. Ask for a new one."},
	{replica.ErrNotReady, "The keys of this board have not come yet. They come as soon as somebody who may give them is online at the same time as you."},
	{replica.ErrNoDocument, "That card or board has not come to this device yet."},
	{access.ErrNoKey, "A key of this board has not come yet, so part of it cannot be read. It comes from anybody on the board who has it."},
	{access.ErrNoEpoch, "The keys of this board have not come yet. They come as soon as somebody who may give them is online at the same time as you."},
	{access.ErrFull, "This board has had so many changes of members that no more fit. Make a new board and invite to that one."},
	{identity.ErrFull, "There have been so many changes to your profile or devices that no more fit."},
	{access.ErrNewer, "Somebody on this board uses a newer version of Corkboard. Update Corkboard to see what they have changed."},
	{identity.ErrNewer, "Somebody uses a newer version of Corkboard. Update Corkboard to see what they have changed."},

	{web.ErrAddress, "This is not an address that a page can be fetched from."},

	// Links.
	{share.ErrPushPin, "This is a PushPin link; Corkboard cannot open PushPin documents."},
	{share.ErrShared, "This link leads to a shared board and does not invite to it. Ask somebody on it for a link that does."},
	{share.ErrStorage, "This link makes somebody the owner of a storage peer. It cannot be pinned to a board."},
	{share.ErrBadLink, "This is not a whole Corkboard link. Copy it again, from “corkboard:/” to its end."},
	{identity.ErrBadID, "This is not a whole Corkboard link. Copy it again, from “corkboard:/” to its end."},
	{doc.ErrBadID, "This is not a whole Corkboard link. Copy it again, from “corkboard:/” to its end."},

	// Storage peers.
	{share.ErrDevice, "This link is for another device of yours. Open it there; it cannot be pinned to a board."},
	{ErrNotDeviceLink, "This link does not let a device in. Copy the one that your other device shows, from “corkboard:/” to its end."},
	{ErrNotFresh, "There is something of your own in this profile already, which would be lost. Start Corkboard with a new profile (--profile and a new folder) and open the link there."},
	{ErrLinkOver, "Nobody waits behind this link any more: it was used, or it is older than ten minutes. Have your other device show a new one."},
	{ErrNobodyAsks, "No device asks to be let in any more."},
	{pair.ErrRefused, "It was refused on the other device."},
	{pair.ErrUnheard, "The new device was let in and has not answered. If it is not as it should be, remove it from the list and begin anew."},
	{pair.ErrMalformed, "What answers there does not speak as another device of yours does."},
	{docstore.ErrNotWelcome, "What the other device has sent is not for this one. Begin anew with a new link."},
	{ErrDeviceRemoved, "Another device of yours has removed this one. What was on it can still be read and exported; nothing can be changed."},
	{docstore.ErrThisDevice, "A device cannot remove itself. Do it on another device of yours."},
	{identity.ErrNotEntitled, "This device may not do that: it, or the one that is meant, does not belong to you any more."},

	{ErrNotStorage, "This link does not lead to a storage peer. Copy the one that the storage peer has printed, from “corkboard:/” to its end."},
	{ErrStorageKnown, "You use this storage peer already."},
	{admin.ErrOwned, "This link has been used: the storage peer belongs to somebody already. Whoever runs it can have it print a new one."},
	{admin.ErrQuota, "You have used up what you may keep at the storage peer. What is there stays; the newest changes are not backed up until its owner gives you more."},
	{admin.ErrFull, "The storage peer's disk is full. What is there stays; the newest changes are not backed up until it has space again."},
	{admin.ErrMany, "The storage peer keeps as many boards as it can. Others that you share are not backed up there."},
	{admin.ErrGone, "The storage peer does not know you, or not this board, any more. Remove it here and ask for a new link."},
	{admin.ErrRefused, "The storage peer does not let you do this: only its owner may."},
	{admin.ErrBroken, "The storage peer has trouble of its own, with its disk perhaps. Whoever runs it finds more in its log."},
	{admin.ErrNewer, "The storage peer is of another version, and the two do not understand each other. Update both."},
	{admin.ErrMalformed, "What answers there does not speak as a storage peer does."},

	// The network.
	{ErrNobodyMet, "Corkboard meets nobody at the moment: it was started offline, or the network could not be opened."},
	{host.ErrAddress, "There is no address in it that can be dialled. Copy it again, as it is shown at the other end."},
	{host.ErrNobody, "Nobody answers there. Look whether the other end runs, and whether this device has a network."},
	{node.ErrAway, "The storage peer is not connected at the moment. Corkboard keeps trying."},
	{node.ErrBanned, "The other end has said things that no Corkboard says, and is left alone for some minutes."},
	{node.ErrCrowded, "So many are connected with this device that no more fit."},
	{node.ErrClosed, "Corkboard meets nobody any more, because it is closing."},
	{wire.ErrStranger, "Somebody answers there, but you have no board in common. Join one of theirs by a link first, or let them join one of yours."},
	{wire.ErrHandshake, "What answers there is no Corkboard, or one of another version."},
	{wire.ErrStalled, "The other end has stopped answering. Try again."},
	{wire.ErrClosed, "The connection has ended. Try again."},

	// What goes out and comes in.
	{ErrFormat, "Boards cannot be exported in that format."},
	{ErrNoDrawing, "Boards cannot be drawn here."},
	{jsoncanvas.ErrNotCanvas, "This is no canvas, or a damaged one."},
	{exchange.ErrArchive, "This archive cannot be read: it is damaged, no zip archive, or far too large."},
	{exchange.ErrTooLong, "This file is too long to be read."},
	{pushpin.ErrNotPushPin, "There is nothing in this file that could be put on a board."},

	// Files.
	{blobs.ErrIsFolder, "This is a folder. Add the files in it instead."},
	{blobs.ErrMissing, "The file behind this card is not on this device."},
	{blobs.ErrDamaged, "The file behind this card is damaged on the disk."},
	{blobs.ErrBadID, "This card does not say which file it shows."},
	{fs.ErrNotExist, "There is no such file."},
	{fs.ErrPermission, "You are not allowed to read or write this."},
	{blobs.ErrUnreadable, "This cannot be read as a file."},

	// Pictures and PDFs.
	{media.ErrEncrypted, "This PDF needs a password."},
	{media.ErrTooLarge, "This picture is too large to be shown. The file is kept as it is."},
	{media.ErrUnsupported, "This kind of picture cannot be shown. The file is kept as it is."},
	{media.ErrBroken, "The file is broken and cannot be shown. It is kept as it is."},
	{media.ErrNoPage, "There is no such page."},
	{media.ErrTimeout, "Showing this file took too long and was given up. The file is kept as it is."},
	{media.ErrWorkerDied, "Showing this file went wrong. The file is kept as it is."},
	{media.ErrClosed, "Corkboard is closing."},

	// The command line.
	{ErrNoProfile, "There is no profile yet. Start Corkboard once, or name another folder with --profile."},
	{ErrNotBoard, "That link names a card, not a board."},
	{ipc.ErrNobody, "No Corkboard is running on this profile."},
	{ipc.ErrMessage, "The running Corkboard did not answer. Close it and try again."},
	{ipc.ErrVersion, "The running Corkboard is of another version. Close it and try again."},

	{context.DeadlineExceeded, "This took too long and was given up."},
}
