using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Sqlite.Packing;

/// <summary>
/// A signal as bytes: a fifth of its JSON text. A number for its kind, flags for the members that follow, the time, and the members; a signal that has what this form
/// does not know is kept as its JSON text.
/// </summary>
internal static class SignalPacking
{
    const byte AsJson = 0;

    [Flags]
    enum Members : byte
    {
        None = 0,
        Task = 1,
        Index = 2,
        State = 4,
        Error = 8,
        Cause = 16,
        Child = 32,
        Value = 64,
        LambdaPayload = 128,
    }

    internal static void Write(in ExecutionSignal signal, PackedBuffer buffer)
    {
        var code = signal.NeedsText ? AsJson : StoredCodes.Of(signal.Kind);
        buffer.Byte(code);
        if (code == AsJson)
        {
            buffer.Counted((signal.Value?.Utf8Length ?? 0) + 300, signal, static (buffer, signal) => signal.Write(buffer));
            return;
        }

        JsonValue? payload = null;
        var cause = signal.Cause;
        var members = Members.None;
        if (signal.Task != default) members |= Members.Task;
        if (signal.Index != 0) members |= Members.Index;
        if (signal.StateName is not null) members |= Members.State;
        if (signal.Error is not null) members |= Members.Error;
        if (cause is not null) members |= Members.Cause;
        if (signal.Child is not null) members |= Members.Child;
        if (signal.Value is not null) members |= (payload = LambdaResponse.PayloadOf(signal.Value)) is null ? Members.Value : Members.LambdaPayload;
        buffer.Byte((byte)members);
        buffer.Int64(signal.Time.UtcTicks);
        if (signal.Task != default)
        {
            buffer.Number((uint)signal.Task.Slot);
            buffer.Number((uint)signal.Task.Generation);
        }

        if (signal.Index != 0) buffer.Number((uint)signal.Index);
        if (signal.StateName is { } state) buffer.Text(state);
        if (signal.Error is { } error) buffer.Text(error);
        if (cause is not null) buffer.Text(cause);
        if (signal.Child is { } child)
        {
            buffer.Byte(StoredCodes.Of(child.Status));
            buffer.Int64(child.StartTime.UtcTicks);
            buffer.Int64(child.StopTime.UtcTicks);
        }

        if (signal.Value is { } value) buffer.Value(payload ?? value);
    }

    /// <exception cref="FormatException">It is not a signal that this version can read.</exception>
    internal static ExecutionSignal Read(ref PackedReader reader)
    {
        var code = reader.Byte();
        if (code == AsJson) return ExecutionSignal.Read(reader.Counted());
        var kind = StoredCodes.KindOf(code);
        var members = (Members)reader.Byte();
        var time = TimeOf(reader.Int64());
        var task = Has(Members.Task) ? new TaskId((int)reader.Number(), (int)reader.Number()) : default;
        var index = Has(Members.Index) ? (int)reader.Number() : 0;
        var state = Has(Members.State) ? reader.Text() : null;
        var error = Has(Members.Error) ? reader.Text() : null;
        var cause = Has(Members.Cause) ? reader.Text() : null;
        var child = Has(Members.Child) ? new ChildEnding { Status = StoredCodes.StatusOf(reader.Byte()), StartTime = TimeOf(reader.Int64()), StopTime = TimeOf(reader.Int64()) } : null;
        var value = Has(Members.LambdaPayload) ? LambdaResponse.Wrap(reader.Value()) : Has(Members.Value) ? reader.Value() : null;
        return new ExecutionSignal(kind, time, task, value, error, cause, index, state, child);

        bool Has(Members member) => (members & member) != 0;
    }

    static DateTimeOffset TimeOf(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw new FormatException("A time in it is not one.");
}
