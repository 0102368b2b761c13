package folder

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"github.com/flynn/noise"
)

// prologue keeps a message of another protocol or version from being one of this.
const prologue = "corkboard/folder/1"

var suite = noise.NewCipherSuite(noise.DH25519, noise.CipherChaChaPoly, noise.HashSHA256)

// handshake begins one of pattern IK: whoever calls knows the name of the called and
// shows their own, sealed. Both names and the id are bound.
func handshake(key noise.DHKey, caller, called string, id connID) (*noise.HandshakeState, error) {
	c := noise.Config{
		CipherSuite:   suite,
		Random:        rand.Reader,
		Pattern:       noise.HandshakeIK,
		Prologue:      []byte(prologue + string(id[:]) + caller + called),
		StaticKeypair: key,
	}
	if caller == hex.EncodeToString(key.Public) {
		c.Initiator, c.PeerStatic = true, keyOf(called)
	}
	h, err := noise.NewHandshakeState(c)
	if err != nil {
		return nil, fmt.Errorf("begin a handshake: %w", err)
	}
	return h, nil
}

// keys seal and open the two ways of a connection.
type keys struct{ out, in *noise.CipherState }

// respond reads a call and writes the answer, which carries the id of a call that this
// end takes back; zero for none. ErrForeign if the caller is not who they say.
func respond(key noise.DHKey, caller string, c call, back connID) (answer []byte, k keys, err error) {
	h, err := handshake(key, caller, hex.EncodeToString(key.Public), c.id)
	if err != nil {
		return nil, keys{}, err
	}
	if _, _, _, err := h.ReadMessage(nil, c.message); err != nil {
		return nil, keys{}, foreign("call", err)
	}
	if !bytes.Equal(h.PeerStatic(), keyOf(caller)) {
		return nil, keys{}, fmt.Errorf("call: %w: it is somebody else's", ErrForeign)
	}
	message, in, out, err := h.WriteMessage(nil, back[:])
	if err != nil {
		return nil, keys{}, fmt.Errorf("answer a call: %w", err)
	}
	return encodeSegment([][]byte{message}), keys{out: out, in: in}, nil
}

// finish reads the answer to a call. ErrForeign; then another may come.
func finish(h *noise.HandshakeState, answer []byte) (back connID, k keys, err error) {
	pieces, err := decodeSegment(answer)
	if err != nil {
		return back, keys{}, err
	}
	if len(pieces) != 1 {
		return back, keys{}, fmt.Errorf("answer: %w: %d pieces", ErrForeign, len(pieces))
	}
	payload, out, in, err := h.ReadMessage(nil, pieces[0])
	if err != nil {
		return back, keys{}, foreign("answer", err)
	}
	if len(payload) != idBytes {
		return back, keys{}, fmt.Errorf("answer: %w: it says %d bytes", ErrForeign, len(payload))
	}
	return connID(payload), keys{out: out, in: in}, nil
}

// seal makes a segment of at most maxPlain bytes.
func (k keys) seal(plain []byte) ([]byte, error) {
	var pieces [][]byte
	for first := true; first || len(plain) > 0; first = false {
		n := min(len(plain), maxSealed-sealedMore)
		p, err := k.out.Encrypt(nil, nil, plain[:n])
		if err != nil {
			return nil, fmt.Errorf("seal a segment: %w", err)
		}
		pieces, plain = append(pieces, p), plain[n:]
	}
	return encodeSegment(pieces), nil
}

// open gives what a segment carries. After ErrForeign the same may be tried again.
func (k keys) open(b []byte) ([]byte, error) {
	pieces, err := decodeSegment(b)
	if err != nil {
		return nil, err
	}
	began := k.in.Nonce()
	var plain []byte
	for _, p := range pieces {
		if plain, err = k.in.Decrypt(plain, nil, p); err != nil {
			k.in.SetNonce(began)
			return nil, foreign("segment", err)
		}
	}
	return plain, nil
}
