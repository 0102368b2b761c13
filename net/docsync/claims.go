package docsync

import (
	"sync"
	"time"
)

const (
	// claimLasts is how long one session is waited for before another may ask, too.
	claimLasts = 15 * time.Second
	maxRefused = 1 << 14
	maxCame    = 1 << 14
)

// Claims keeps the sessions of one device from asking several others for the
// same, and from asking again for what was refused for good. Its methods are safe
// on any goroutine. The sessions bound what it holds.
type Claims struct {
	mu      sync.Mutex
	by      map[Key]claim
	refused keySet
	came    keySet // from others, lately
}

type claim struct {
	by    *Session
	until time.Time
}

// NewClaims is one in which nobody asks for anything.
func NewClaims() *Claims {
	return &Claims{by: map[Key]claim{}, refused: newKeySet(maxRefused), came: newKeySet(maxCame)}
}

// take says whether a session may ask for an item.
func (a *Claims) take(now time.Time, k Key, s *Session) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c, taken := a.by[k]; taken && c.by != s && now.Before(c.until) {
		return false
	}
	a.by[k] = claim{s, now.Add(claimLasts)}
	return true
}

// leave lets others ask.
func (a *Claims) leave(k Key, s *Session) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.by[k].by == s {
		delete(a.by, k)
	}
}

// arrived notes that an item has come from somebody.
func (a *Claims) arrived(k Key) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.came.add(k)
}

func (a *Claims) hasCome(k Key) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.came.has(k)
}

func (a *Claims) refuse(k Key) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refused.add(k)
}

func (a *Claims) isRefused(k Key) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.refused.has(k)
}
