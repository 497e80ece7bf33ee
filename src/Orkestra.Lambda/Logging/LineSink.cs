namespace Orkestra.Lambda.Logging;

/// <summary>Takes a line, in UTF-8, with its end.</summary>
internal delegate void LineSink(ReadOnlySpan<byte> line);
