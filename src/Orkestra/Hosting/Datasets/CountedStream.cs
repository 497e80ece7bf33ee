namespace Orkestra.Hosting.Datasets;

/// <summary>A stream that is read from its beginning once: what was looked at of it already comes first, and it ends with a failure beyond a limit.</summary>
internal sealed class CountedStream(ReadOnlyMemory<byte> first, Stream rest, long limit) : Stream
{
    ReadOnlyMemory<byte> first = first;
    long count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        TakeFirst(buffer.Span) is > 0 and var taken ? taken : Counted(await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => TakeFirst(buffer) is > 0 and var taken ? taken : Counted(rest.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await rest.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }

    int TakeFirst(Span<byte> buffer)
    {
        var taken = Math.Min(first.Length, buffer.Length);
        first.Span[..taken].CopyTo(buffer);
        first = first[taken..];
        return Counted(taken);
    }

    int Counted(int read)
    {
        count += read;
        return count <= limit ? read : throw TooLarge(limit);
    }

    internal static DatasetException TooLarge(long limit) =>
        new($"The object has more than {limit} bytes, the limit of one object. Split it, or raise {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxObjectBytes)}.");
}
