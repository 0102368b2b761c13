package wire

// ShakeBy is Shake with randomness of the caller.
var ShakeBy = shake
