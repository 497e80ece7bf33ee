namespace Orkestra.Engine.History;

/// <summary>
/// An event as it is kept: references to shared values and to plan nodes. What AWS calls the details is made of these when the event is read. Most of the memory of an
/// execution is these, so that the numbers share one word.
/// </summary>
internal readonly struct HistoryRecord
{
    /// <summary>The highest id of an event, and the highest number of one.</summary>
    internal const int MaxNumber = (1 << NumberBits) - 1;

    const int NumberBits = 28;

    readonly ulong packed;

    /// <param name="type">The event's type.</param>
    /// <param name="previous">The id of the event before it in its thread of control.</param>
    /// <param name="value">Input, output, parameters or failure.</param>
    /// <param name="subject">The plan node or the details the event is about.</param>
    /// <param name="number">An index or a length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above <see cref="MaxNumber"/>.</exception>
    internal HistoryRecord(HistoryEventType type, int previous, object? value, object? subject, int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)number, (uint)MaxNumber, nameof(number));
        packed = (uint)previous | ((ulong)(uint)number << NumberBits) | ((ulong)type << (2 * NumberBits));
        Value = value;
        Subject = subject;
    }

    internal HistoryEventType Type => (HistoryEventType)(packed >> (2 * NumberBits));

    internal int Previous => (int)(packed & MaxNumber);

    internal int Number => (int)((packed >> NumberBits) & MaxNumber);

    internal object? Value { get; }

    internal object? Subject { get; }
}
