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

    /// <summary>Child executions of a distributed Map are to be started.</summary>
    StartChildren,

    /// <summary>The results of a distributed Map are to be written.</summary>
    WriteResults,

    /// <summary>The child executions of a distributed Map are to be stopped.</summary>
    StopChildren,
}
