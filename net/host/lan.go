package host

import "github.com/grandcat/zeroconf"

// service is the one name under which every Corkboard is found on a local network.
const service = "_corkboard._udp"

// announce tells the local network that a Corkboard runs here.
func announce(instance string, port int, addresses []string) (*zeroconf.Server, error) {
	return zeroconf.RegisterProxy(instance, service, "local.", port, instance, addresses, nil, nil)
}
