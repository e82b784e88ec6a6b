// Package netaddr has what the controller uses of the module of this name, which is given up and not served any more. Its
// successor is part of Go.
package netaddr

import "net/netip"

type (
	IP       = netip.Addr
	IPPrefix = netip.Prefix
)

var (
	ParseIP       = netip.ParseAddr
	ParseIPPrefix = netip.ParsePrefix
)
