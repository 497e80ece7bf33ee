namespace Orkestra.Engine.Nodes;

/// <summary>The eight types of states.</summary>
internal enum StateKind
{
    Pass,
    Task,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}
