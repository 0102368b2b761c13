package lan

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

const (
	serviceName = "_corkboard._udp.local."
	ttl         = 120 // seconds that a stranger's cache may keep a record
	idBytes     = 8   // random bytes of an instance

	maxPacket    = 1500 // bytes of a message that is read
	maxQuestions = 16
	maxRecords   = 64
	maxIPs       = 4   // of one host
	maxPeer      = 128 // bytes of a peer's name
)

// errMessage says that a message is not for this program.
var errMessage = errors.New("not a message of this service")

var (
	service = dnsmessage.MustNewName(serviceName)
	inet    = dnsmessage.ClassINET
)

const unicastBit = 1 << 15 // of a question's class: answer the one who asks

// self is what a host says of itself on one link.
type self struct {
	peer     string
	ports    Ports
	instance string
	ips      []netip.Addr
}

// query asks who is there. The answer shall come to the one who asks.
func query() ([]byte, error) {
	b := dnsmessage.NewBuilder(nil, dnsmessage.Header{})
	b.StartQuestions()
	b.Question(dnsmessage.Question{Name: service, Type: dnsmessage.TypePTR, Class: inet | unicastBit})
	return b.Finish()
}

// answer says who this is. id and asked repeat a question that did not come from a
// multicast DNS port; asked is nil otherwise.
func (s self) answer(id uint16, asked *dnsmessage.Question) ([]byte, error) {
	instance, err := dnsmessage.NewName(s.instance + "." + serviceName)
	if err != nil {
		return nil, fmt.Errorf("name of the instance: %w", err)
	}
	host, err := dnsmessage.NewName(s.instance + ".local.")
	if err != nil {
		return nil, fmt.Errorf("name of the host: %w", err)
	}
	b := dnsmessage.NewBuilder(nil, dnsmessage.Header{ID: id, Response: true, Authoritative: true})
	b.EnableCompression()
	if asked != nil {
		b.StartQuestions()
		b.Question(*asked)
	}
	b.StartAnswers()
	b.PTRResource(header(service, ttl), dnsmessage.PTRResource{PTR: instance})
	b.StartAdditionals()
	b.SRVResource(header(instance, ttl), dnsmessage.SRVResource{Port: uint16(s.ports.UDP), Target: host})
	b.TXTResource(header(instance, ttl), dnsmessage.TXTResource{TXT: []string{
		"v=1", "p=" + s.peer, "t=" + strconv.Itoa(s.ports.TCP),
	}})
	for _, ip := range s.ips {
		if ip.Is4() {
			b.AResource(header(host, ttl), dnsmessage.AResource{A: ip.As4()})
		} else {
			b.AAAAResource(header(host, ttl), dnsmessage.AAAAResource{AAAA: ip.As16()})
		}
	}
	return b.Finish()
}

// goodbye says that this instance is gone.
func (s self) goodbye() ([]byte, error) {
	instance, err := dnsmessage.NewName(s.instance + "." + serviceName)
	if err != nil {
		return nil, fmt.Errorf("name of the instance: %w", err)
	}
	b := dnsmessage.NewBuilder(nil, dnsmessage.Header{Response: true, Authoritative: true})
	b.StartAnswers()
	b.PTRResource(header(service, 0), dnsmessage.PTRResource{PTR: instance})
	return b.Finish()
}

func header(name dnsmessage.Name, ttl uint32) dnsmessage.ResourceHeader {
	return dnsmessage.ResourceHeader{Name: name, Class: inet, TTL: ttl}
}

// A message is what has come: a question for this service, or somebody's answer.
type message struct {
	id      uint16
	asked   *dnsmessage.Question // nil: an answer
	unicast bool                 // the question wants its answer for itself
	gone    bool                 // the answer is a goodbye
	found   Found
}

// read reads what has come from anybody. errMessage if it is for somebody else or
// makes no sense.
func read(b []byte) (message, error) {
	if len(b) > maxPacket {
		return message{}, errMessage
	}
	var p dnsmessage.Parser
	h, err := p.Start(b)
	if err != nil {
		return message{}, errMessage
	}
	m := message{id: h.ID}
	for n := 0; ; n++ {
		q, err := p.Question()
		if errors.Is(err, dnsmessage.ErrSectionDone) {
			break
		}
		if err != nil || n == maxQuestions {
			return message{}, errMessage
		}
		if !h.Response && m.asked == nil && asksForUs(q) {
			m.unicast = q.Class&unicastBit != 0
			q.Class &^= unicastBit
			m.asked = &q
		}
	}
	if !h.Response {
		if m.asked == nil {
			return message{}, errMessage
		}
		return m, nil
	}
	return m, m.records(&p)
}

func asksForUs(q dnsmessage.Question) bool {
	return q.Class&^unicastBit == inet && (q.Type == dnsmessage.TypePTR || q.Type == dnsmessage.TypeALL) &&
		strings.EqualFold(q.Name.String(), serviceName)
}

// records reads an answer: the first instance in it and all that is said of it.
func (m *message) records(p *dnsmessage.Parser) error {
	list, err := p.AllAnswers()
	if err != nil || p.SkipAllAuthorities() != nil {
		return errMessage
	}
	more, err := p.AllAdditionals()
	if err != nil || len(list)+len(more) > maxRecords {
		return errMessage
	}
	host := ""
	for _, r := range append(list, more...) {
		switch body := r.Body.(type) {
		case *dnsmessage.PTRResource:
			if strings.EqualFold(r.Header.Name.String(), serviceName) && m.instance(body.PTR) {
				m.gone = r.Header.TTL == 0
			}
		case *dnsmessage.SRVResource:
			if m.instance(r.Header.Name) {
				m.found.UDP, host = int(body.Port), body.Target.String()
			}
		case *dnsmessage.TXTResource:
			if m.instance(r.Header.Name) {
				m.text(body.TXT)
			}
		case *dnsmessage.AResource:
			if r.Header.Name.String() == host {
				m.ip(netip.AddrFrom4(body.A))
			}
		case *dnsmessage.AAAAResource:
			if r.Header.Name.String() == host {
				m.ip(netip.AddrFrom16(body.AAAA).Unmap())
			}
		}
	}
	if m.found.Instance == "" || !m.gone && (m.found.Peer == "" || m.found.TCP == 0 && m.found.UDP == 0) {
		return errMessage
	}
	return nil
}

// instance says whether a name is that of the instance that the message is about. The
// first one becomes it.
func (m *message) instance(name dnsmessage.Name) bool {
	id, ok := strings.CutSuffix(name.String(), "."+serviceName)
	if b, err := hex.DecodeString(id); !ok || err != nil || len(b) != idBytes {
		return false
	}
	if m.found.Instance == "" {
		m.found.Instance = id
	}
	return m.found.Instance == id
}

func (m *message) text(list []string) {
	for _, s := range list {
		if v, ok := strings.CutPrefix(s, "p="); ok && len(v) <= maxPeer {
			m.found.Peer = v
		}
		if v, ok := strings.CutPrefix(s, "t="); ok {
			if n, err := strconv.ParseUint(v, 10, 16); err == nil {
				m.found.TCP = int(n)
			}
		}
	}
}

// ip keeps an address that can be on a local network.
func (m *message) ip(ip netip.Addr) {
	if len(m.found.IPs) < maxIPs && (ip.IsPrivate() || ip.IsLinkLocalUnicast()) {
		m.found.IPs = append(m.found.IPs, ip)
	}
}
