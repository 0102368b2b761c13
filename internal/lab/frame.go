//go:build linux

package lab

import (
	"encoding/binary"
	"net/netip"
	"time"
)

const (
	etherHeader = 14
	etherIPv4   = 0x0800
	etherIPv6   = 0x86dd
	protocolUDP = 17
	snapLength  = 1 << 17
)

// classify reads the headers of an Ethernet frame.
func classify(b []byte) Frame {
	f := Frame{Bytes: len(b)}
	if len(b) < etherHeader {
		return f
	}
	var to netip.Addr
	packet := b[etherHeader:]
	switch binary.BigEndian.Uint16(b[12:]) {
	case etherIPv4:
		if len(packet) < 20 || packet[9] != protocolUDP {
			return f
		}
		to = netip.AddrFrom4([4]byte(packet[16:20]))
		packet = packet[min(4*int(packet[0]&15), len(packet)):]
	case etherIPv6:
		if len(packet) < 40 || packet[6] != protocolUDP {
			return f
		}
		to = netip.AddrFrom16([16]byte(packet[24:40]))
		packet = packet[40:]
	default:
		return f
	}
	if len(packet) < 8 {
		return f
	}
	f.Port = int(binary.BigEndian.Uint16(packet[2:]))
	f.Multicast = to.IsMulticast()
	return f
}

// pcapStart is the header of a pcap file of Ethernet frames.
func pcapStart() []byte {
	b := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	b = binary.LittleEndian.AppendUint16(b, 2)
	b = binary.LittleEndian.AppendUint16(b, 4)
	b = append(b, make([]byte, 8)...)
	b = binary.LittleEndian.AppendUint32(b, snapLength)
	return binary.LittleEndian.AppendUint32(b, 1)
}

// pcapFrame is one frame of a pcap file.
func pcapFrame(at time.Time, frame []byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(at.Unix()))
	b = binary.LittleEndian.AppendUint32(b, uint32(at.Nanosecond()/1000))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(frame)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(frame)))
	return append(b, frame...)
}
