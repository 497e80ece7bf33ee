using System.Runtime.InteropServices;

namespace Orkestra.Engine.History;

/// <summary>
/// An event as it is kept: references to shared values and to plan nodes. What AWS calls the details is made of these when the event is read.
/// </summary>
/// <param name="Type">The event's type.</param>
/// <param name="Previous">The id of the event before it in its thread of control.</param>
/// <param name="Value">Input, output, parameters or failure.</param>
/// <param name="Subject">The plan node or the details the event is about.</param>
/// <param name="Number">An index or a length.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HistoryRecord(HistoryEventType Type, int Previous, object? Value, object? Subject, int Number);
