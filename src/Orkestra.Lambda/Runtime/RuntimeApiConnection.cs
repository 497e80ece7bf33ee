using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Orkestra.Lambda.Runtime;

/// <summary>
/// One keep-alive HTTP/1.1 connection to a host on the same machine, blocking. HttpClient is not used because starting it costs
/// several times what the whole first invocation does here, and nothing of it (redirects, proxies, TLS, pooling) is wanted.
/// </summary>
internal sealed class RuntimeApiConnection(string host, int port) : IDisposable
{
    const int MaxHeaderBytes = 64 * 1024;
    const int MaxInformationalHeads = 16;
    const int KeptBytes = 1024 * 1024;

    // Ten times the largest payload of a function. A host that sends more is not the Runtime API, and must not take all of the memory.
    const int MaxAnswerBytes = 64 * 1024 * 1024;

    // An invocation's payload stays readable while it is answered, so answers to our posts are read elsewhere.
    readonly byte[] _request = new byte[4 * 1024];
    byte[] _payloads = new byte[16 * 1024];
    byte[] _answers = new byte[1024];
    byte[] _buffer = [];
    int _start;
    int _end;
    Socket? _socket;
    volatile bool _disposed;

    /// <summary>The last answer's head.</summary>
    public RuntimeApiHead Head { get; } = new();

    /// <summary>Sends a request and reads the whole answer; asks once more on a new connection when the kept one had gone stale.</summary>
    /// <returns>The body, in memory that the next get (or the next post) reuses.</returns>
    public ReadOnlyMemory<byte> Get(ReadOnlySpan<byte> requestHead)
    {
        _buffer = _payloads.Length > KeptBytes ? new byte[16 * 1024] : _payloads;
        var body = Send(requestHead, default);
        _payloads = _buffer;
        return body;
    }

    /// <inheritdoc cref="Get"/>
    public ReadOnlyMemory<byte> Post(ReadOnlySpan<byte> requestHead, ReadOnlySpan<byte> requestBody)
    {
        _buffer = _answers;
        var body = Send(requestHead, requestBody);
        _answers = _buffer;
        return body;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Close();
    }

    RuntimeApiException TooLong() => new($"The host at {host}:{port} sent an answer of more than {MaxAnswerBytes / 1024 / 1024} MiB; is it the Lambda Runtime API?");

    static SocketException Closed() => new((int)SocketError.ConnectionReset);

    ReadOnlyMemory<byte> Send(ReadOnlySpan<byte> requestHead, ReadOnlySpan<byte> requestBody)
    {
        var reused = _socket is not null;
        try
        {
            return Exchange(requestHead, requestBody);
        }
        catch (SocketException) when (reused && !_disposed && Head.Status == 0)
        {
            // A host may close an idle connection at any time; not a byte of an answer had come.
            Close();
            return Exchange(requestHead, requestBody);
        }
    }

    ReadOnlyMemory<byte> Exchange(ReadOnlySpan<byte> requestHead, ReadOnlySpan<byte> requestBody)
    {
        Head.Reset();
        _start = _end = 0;
        var socket = _socket ??= Connect();
        try
        {
            if (requestBody.Length > 0 && requestHead.Length + requestBody.Length <= _request.Length)
            {
                // One write for head and body: a system call less, and one wake-up of the host.
                requestHead.CopyTo(_request);
                requestBody.CopyTo(_request.AsSpan(requestHead.Length));
                SendAll(socket, _request.AsSpan(0, requestHead.Length + requestBody.Length));
            }
            else
            {
                SendAll(socket, requestHead);
                SendAll(socket, requestBody);
            }

            ReadHead(socket);
            var body = ReadBody(socket);
            if (Head.Closes)
                Close();
            return body;
        }
        catch (ObjectDisposedException)
        {
            throw Closed();
        }
        catch
        {
            Close();
            throw;
        }
    }

    Socket Connect()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IPAddress.TryParse(host, out var address))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(new IPEndPoint(address, port));
            return socket;
        }

        var named = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        named.Connect(host, port);
        return named;
    }

    void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[socket.Send(bytes)..];
    }

    void ReadHead(Socket socket)
    {
        for (var heads = 0; heads < MaxInformationalHeads; heads++)
        {
            var scanned = 0;
            int length;
            while ((length = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf("\r\n\r\n"u8)) < 0)
            {
                scanned = Math.Max(0, _end - _start - 3);
                if (_end - _start > MaxHeaderBytes)
                    throw new RuntimeApiException($"The host at {host}:{port} sent more than {MaxHeaderBytes} bytes of headers; is it the Lambda Runtime API?");
                Fill(socket);
            }

            length += scanned;
            Head.Parse(_buffer.AsSpan(_start, length));
            _start += length + 4;
            if (Head.Status is < 100 or >= 200)
                return;
            Head.Reset();
        }

        throw new RuntimeApiException($"The host at {host}:{port} sent {MaxInformationalHeads} informational answers in a row; is it the Lambda Runtime API?");
    }

    ReadOnlyMemory<byte> ReadBody(Socket socket)
    {
        if (Head.IsChunked)
            return ReadChunks(socket);
        if (Head.ContentLength is { } length)
        {
            if (length > MaxAnswerBytes)
                throw TooLong();
            Need(socket, length);
            return _buffer.AsMemory(_start, length);
        }

        if (!Head.Closes)
            return default;
        while (TryFill(socket))
        {
        }

        return _buffer.AsMemory(_start, _end - _start);
    }

    ReadOnlyMemory<byte> ReadChunks(Socket socket)
    {
        // Chunks are moved together in place, so that the body ends up in one piece.
        var written = 0;
        var read = _start;
        while (true)
        {
            var line = ReadLine(socket, read);
            var size = _buffer.AsSpan(read, line);
            if (size.IndexOf((byte)';') is >= 0 and var extension)
                size = size[..extension];
            if (!Utf8Parser.TryParse(size.Trim((byte)' '), out int length, out var consumed, 'X') || consumed == 0 || length < 0)
                throw new RuntimeApiException($"The host at {host}:{port} sent a chunk whose size is not a number.");
            read += line + 2;
            if (length == 0)
                break;
            if (length > MaxAnswerBytes - read)
                throw TooLong();
            while (_end - read < length + 2)
                Fill(socket);
            _buffer.AsSpan(read, length).CopyTo(_buffer.AsSpan(_start + written));
            written += length;
            read += length + 2;
        }

        while (ReadLine(socket, read) is var trailer and > 0)
            read += trailer + 2;
        return _buffer.AsMemory(_start, written);
    }

    int ReadLine(Socket socket, int from)
    {
        int length;
        while ((length = _buffer.AsSpan(from, _end - from).IndexOf("\r\n"u8)) < 0)
            Fill(socket);
        return length;
    }

    void Need(Socket socket, int length)
    {
        if (_start + length > _buffer.Length)
        {
            var larger = new byte[_start + length];
            _buffer.AsSpan(0, _end).CopyTo(larger);
            _buffer = larger;
        }

        while (_end - _start < length)
            Fill(socket);
    }

    void Fill(Socket socket)
    {
        if (!TryFill(socket))
            throw Closed();
    }

    bool TryFill(Socket socket)
    {
        if (_end >= MaxAnswerBytes + MaxHeaderBytes)
            throw TooLong();
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = socket.Receive(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
