namespace Orkestra.Sqlite.Reading;

/// <summary>The row of an execution.</summary>
internal sealed record ExecutionRow(
    long Id, string Arn, string Name, long Machine, long Definition, long MapRun, int MapRunRedrives, long Type, long Start, long First, long FirstSequence,
    long Head, long Sequence, long Status, int Redrives, long? Stop, long Version, long Alias, long? Due, bool IsIndexed);
