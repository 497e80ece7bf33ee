namespace Orkestra.Engine;

/// <summary>What an execution wants done outside.</summary>
internal enum CommandKind : byte
{
    /// <summary>A task is to be carried out.</summary>
    InvokeTask,

    /// <summary>A task's answer is no longer wanted.</summary>
    CancelTask,

    /// <summary>The items of a distributed Map are to be read.</summary>
    ReadItems,

    /// <summary>A child execution of a distributed Map is to be started.</summary>
    StartChild,

    /// <summary>The results of a distributed Map are to be written.</summary>
    WriteResults,

    /// <summary>The child executions of a distributed Map are to be stopped.</summary>
    StopChildren,
}
