using System.Runtime.InteropServices;

namespace Orkestra.Sqlite.Reading;

/// <summary>A commit of an execution.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sequence">How many signals the execution has with it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CommitPlace(long Id, long Sequence);
