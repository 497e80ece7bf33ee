using System.Runtime.InteropServices;
using Orkestra.Engine;

namespace Orkestra.Sqlite.Writing;

/// <summary>How far an execution has come.</summary>
/// <param name="Head">Its last commit.</param>
/// <param name="Sequence">How many signals it has.</param>
/// <param name="IsIdle">Whether it only waits.</param>
/// <param name="Status">The status.</param>
/// <param name="Redrives">How often it was redriven.</param>
/// <param name="Stop">When it ended, UTC ticks; null while it works.</param>
/// <param name="IsInRow">Whether its row says so too. Otherwise only its commits do.</param>
/// <param name="IsIndexed">Whether the indexes have its row.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Progress(long Head, long Sequence, bool IsIdle, ExecutionStatus Status, int Redrives, long? Stop, bool IsInRow, bool IsIndexed);
