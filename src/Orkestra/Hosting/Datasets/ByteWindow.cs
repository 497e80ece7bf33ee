namespace Orkestra.Hosting.Datasets;

/// <summary>The part of a stream that is being looked at. It grows while an item does not fit, up to a limit.</summary>
/// <param name="stream">What is read.</param>
/// <param name="limit">How many bytes an item may have.</param>
internal sealed class ByteWindow(Stream stream, int limit)
{
    const int Smallest = 16 * 1024;

    byte[] buffer = new byte[Math.Min(Smallest, limit + 1)];
    int start;
    int end;

    /// <summary>What was read and not yet dropped.</summary>
    internal ReadOnlySpan<byte> Span => buffer.AsSpan(start, end - start);

    /// <summary>Whether nothing comes after <see cref="Span"/>.</summary>
    internal bool IsLast { get; private set; }

    internal void Drop(int count) => start += count;

    /// <summary>Reads on. Since the window doubles, looking at an item from its beginning each time costs no more than looking at it a few times.</summary>
    /// <exception cref="DatasetException">The window is full of one item.</exception>
    internal async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            Span.CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            if (end > limit) throw new DatasetException($"An item has more than {limit} bytes, the limit of one item. Split it, or raise {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxItemBytes)}.");
            Array.Resize(ref buffer, (int)Math.Min(2L * end, limit + 1L));
        }

        while (end < buffer.Length && !IsLast)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
            end += count;
            IsLast = count == 0;
        }
    }

    /// <summary>Drops the mark at the beginning of a UTF-8 text, if there is one.</summary>
    internal async ValueTask SkipMarkAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken).ConfigureAwait(false);
        if (Span.StartsWith("\uFEFF"u8)) Drop(3);
    }
}
