package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Limits of what is fetched.
const (
	MaxRedirects = 3
	MaxPage      = 5 << 20  // bytes of a page, unpacked, and of one file of it
	MaxArchive   = 20 << 20 // bytes of a page with all its files
	Patience     = 10 * time.Second

	maxHeader = 128 << 10
	maxURL    = 8 << 10
	perHost   = 6 // connections
)

// agent is what all who fetch call themselves: without a version nobody stands out.
const agent = "Mozilla/5.0 (compatible; Corkboard)"

// Options of a Client. The zero value is what programs want.
type Options struct {
	// Allow is one address and port that may be fetched from although it is not public.
	// FOR TESTS ONLY, which have a server of their own.
	Allow netip.AddrPort
	// Resolver looks names up; nil is the system's.
	Resolver *net.Resolver
}

// Client fetches from the internet, and from nowhere else. Its methods are safe on any
// goroutine.
type Client struct {
	http   *http.Client
	allow  netip.AddrPort
	own    func() ([]net.Addr, error)
	passed func(netip.AddrPort) // told of each address that is connected to, in tests
}

// New makes a Client. It opens nothing.
func New(o Options) *Client {
	c := &Client{allow: o.Allow, own: net.InterfaceAddrs, passed: func(netip.AddrPort) {}}
	d := &net.Dialer{Timeout: Patience, Resolver: o.Resolver, Control: c.control}
	c.http = &http.Client{
		// Redirects are followed by Get, which looks at each.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: d.DialContext, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: Patience, ResponseHeaderTimeout: Patience, MaxResponseHeaderBytes: maxHeader,
			MaxConnsPerHost: perHost, MaxIdleConnsPerHost: perHost, IdleConnTimeout: Patience,
		},
	}
	return c
}

// Close ends connections that wait for another question.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// control is the door: it is asked between the lookup of a name and the connection, for
// each address that is about to be dialled.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") || !c.mayDial(to) {
		return fmt.Errorf("dialling %s: %w", address, ErrPrivate)
	}
	c.passed(to)
	return nil
}

func (c *Client) mayDial(to netip.AddrPort) bool {
	if to = netip.AddrPortFrom(to.Addr().Unmap(), to.Port()); c.allow.IsValid() && to == c.allow {
		return true
	}
	if !webPort(to.Port()) || !public(to.Addr()) {
		return false
	}
	own, err := c.own()
	return err == nil && !nearby(to.Addr(), own)
}

// Response is an answer.
type Response struct {
	URL  *url.URL // where it came from, after redirects
	Type string   // as the server said it, with parameters
	Body []byte
}

// Get fetches what is at an address, at most max bytes. Errors: ErrAddress, ErrPrivate,
// ErrRedirects, ErrLarge, *StatusError; those of the network and the context. It blocks.
func (c *Client) Get(ctx context.Context, address, accept string, max int64) (Response, error) {
	at, err := parse(nil, address)
	for hops := 0; err == nil; hops++ {
		if hops > MaxRedirects {
			return Response{}, ErrRedirects
		}
		var r Response
		var next string
		if r, next, err = c.ask(ctx, at, accept, max); err != nil || next == "" {
			return r, err
		}
		at, err = parse(at, next)
	}
	return Response{}, err
}

// parse reads an address, which may be relative to another, and looks whether it is one
// that is fetched from. A name and a password in it are left out.
func parse(base *url.URL, address string) (*url.URL, error) {
	if len(address) > maxURL {
		return nil, fmt.Errorf("%w: too long", ErrAddress)
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Opaque != "" {
		return nil, ErrAddress
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.ParseUint(p, 10, 16); err != nil || !webPort(uint16(n)) {
			return nil, fmt.Errorf("%w: port %s", ErrAddress, p)
		}
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	return u, nil
}

// ask sends one request; next is where a redirect leads.
func (c *Client) ask(ctx context.Context, at *url.URL, accept string, max int64) (r Response, next string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return r, "", fmt.Errorf("%w: %w", ErrAddress, err)
	}
	req.Header.Set("User-Agent", agent)
	req.Header.Set("Accept", accept)
	res, err := c.http.Do(req)
	if err != nil {
		return r, "", fmt.Errorf("asking %s: %w", at.Host, plain(err))
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if to := res.Header.Get("Location"); to != "" {
			return r, to, nil
		}
	}
	if res.StatusCode != http.StatusOK {
		return r, "", &StatusError{Code: res.StatusCode}
	}
	if res.ContentLength > max {
		return r, "", ErrLarge
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, max+1))
	if err != nil {
		return r, "", fmt.Errorf("reading from %s: %w", at.Host, plain(err))
	}
	if int64(len(body)) > max {
		return r, "", ErrLarge
	}
	return Response{URL: at, Type: res.Header.Get("Content-Type"), Body: body}, "", nil
}

// plain takes the address out of an error, which may be one that only this person knows.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
