using System.Buffers.Binary;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Packing;

/// <summary>
/// One commit as bytes: a version, a checksum, what the record of the execution says after it, and its signals. The checksum covers the place of the commit in its
/// execution as well, so that the bytes of another one are never taken for it.
/// </summary>
internal static class CommitPacking
{
    const byte Version = 1;
    const byte IsIdle = 1;
    const byte HasDue = 2;
    const byte HasOutput = 4;
    const byte HasError = 8;
    const byte HasCause = 16;
    const byte WasRedriven = 32;
    const byte HasStopTime = 64;

    // Set where the status is another one than Running. Files before the schema 5 have neither this nor the stop time in a commit, but in the row.
    const byte HasStatus = 128;

    /// <summary>Where the checksum is, and where what it covers begins.</summary>
    const int ChecksumAt = 1;
    const int BodyAt = 5;

    /// <summary>Writes all but the checksum.</summary>
    internal static PackedBuffer Write(ExecutionCommit commit)
    {
        var buffer = new PackedBuffer();
        try
        {
            var execution = commit.Execution;
            buffer.Byte(Version);
            buffer.Int32(0);
            buffer.Byte((byte)((execution.IsIdle ? IsIdle : 0) | (execution.NextDue is null ? 0 : HasDue)
                | (execution.Output is null ? 0 : HasOutput) | (execution.Error is null ? 0 : HasError) | (execution.Cause is null ? 0 : HasCause)
                | (execution.RedriveTime is null ? 0 : WasRedriven) | (execution.StopTime is null ? 0 : HasStopTime)
                | (execution.Status == ExecutionStatus.Running ? 0 : HasStatus)));
            buffer.Number((uint)execution.HistoryCount);
            if (execution.NextDue is { } due) buffer.Int64(due.UtcTicks);
            if (execution.RedriveTime is { } redriven) buffer.Int64(redriven.UtcTicks);
            if (execution.StopTime is { } stopped) buffer.Int64(stopped.UtcTicks);
            if (execution.Status != ExecutionStatus.Running) buffer.Byte(StoredCodes.Of(execution.Status));
            if (execution.Output is { } output) buffer.Value(output);
            if (execution.Error is { } error) buffer.Text(error);
            if (execution.Cause is { } cause) buffer.Text(cause);
            buffer.Number((uint)commit.Signals.Length);
            foreach (ref readonly var signal in commit.Signals.Span) SignalPacking.Write(signal, buffer);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Adds the checksum for the place the commit gets.</summary>
    internal static void Seal(Span<byte> packed, long execution, long sequence) =>
        BinaryPrimitives.WriteUInt32LittleEndian(packed[ChecksumAt..], Checksum.Of(packed[BodyAt..], execution, sequence));

    /// <summary>Reads what the record of the execution says.</summary>
    /// <exception cref="FormatException">The bytes are damaged, or a later version wrote them.</exception>
    internal static CommitHead ReadHead(ReadOnlySpan<byte> packed, long execution, long sequence)
    {
        var reader = Open(packed, execution, sequence);
        return HeadOf(ref reader);
    }

    /// <summary>Reads the signals, and adds them in order.</summary>
    /// <exception cref="FormatException">The bytes are damaged, or a later version wrote them.</exception>
    internal static void ReadSignals(ReadOnlySpan<byte> packed, long execution, long sequence, List<ExecutionSignal> signals)
    {
        var reader = Open(packed, execution, sequence);
        HeadOf(ref reader);
        for (var left = reader.Count(); left > 0; left--) signals.Add(SignalPacking.Read(ref reader));
        if (!reader.IsAtEnd) throw new FormatException("It has more bytes than signals.");
    }

    /// <summary>Reads the first signal alone.</summary>
    /// <exception cref="FormatException">The bytes are damaged, or a later version wrote them.</exception>
    internal static ExecutionSignal ReadFirst(ReadOnlySpan<byte> packed, long execution, long sequence)
    {
        var reader = Open(packed, execution, sequence);
        HeadOf(ref reader);
        return reader.Count() > 0 ? SignalPacking.Read(ref reader) : throw new FormatException("It has no signals.");
    }

    static PackedReader Open(ReadOnlySpan<byte> packed, long execution, long sequence)
    {
        if (packed.Length < BodyAt) throw new FormatException("It ends too early.");
        if (packed[0] != Version) throw new FormatException($"It has the form {packed[0]}, and this version of Orkestra reads the form {Version}.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(packed[ChecksumAt..]) != Checksum.Of(packed[BodyAt..], execution, sequence))
            throw new FormatException("Its checksum is wrong: the bytes are damaged.");
        return new PackedReader(packed[BodyAt..]);
    }

    static CommitHead HeadOf(ref PackedReader reader)
    {
        var members = reader.Byte();
        var history = reader.Count();
        return new CommitHead
        {
            IsIdle = (members & IsIdle) != 0,
            History = history,
            Due = (members & HasDue) != 0 ? reader.Int64() : null,
            Redriven = (members & WasRedriven) != 0 ? reader.Int64() : null,
            Stopped = (members & HasStopTime) != 0 ? reader.Int64() : null,
            Status = (members & HasStatus) != 0 ? StoredCodes.StatusOf(reader.Byte()) : ExecutionStatus.Running,
            Output = (members & HasOutput) != 0 ? reader.Value() : null,
            Error = (members & HasError) != 0 ? reader.Text() : null,
            Cause = (members & HasCause) != 0 ? reader.Text() : null,
        };
    }
}
