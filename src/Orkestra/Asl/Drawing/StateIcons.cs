namespace Orkestra.Asl.Drawing;

/// <summary>Small pictures, lines in a square of 16 pixels. Each status has a shape of its own, so that no one needs to tell colors apart.</summary>
internal static class StateIcons
{
    internal static string Of(BoxKind kind) => kind switch
    {
        BoxKind.Task => "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z",
        BoxKind.Pass => "M2 8h11M9 4l4 4-4 4",
        BoxKind.Choice => "M8 1.5 14.5 8 8 14.5 1.5 8zM8 5.500v5",
        BoxKind.Wait => "M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM8 4.500V8l2.5 1.5",
        BoxKind.Succeed => "M2.5 8.500l4 4 7-8",
        BoxKind.Fail => "M3.5 3.500l9 9M12.5 3.500l-9 9",
        BoxKind.Parallel => "M3 2v12M8 2v12M13 2v12",
        BoxKind.Map => "M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z",
        _ => "M5.5 6a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700M8 12.500v.5",
    };

    /// <summary>The picture of a status; null for one without.</summary>
    internal static string? OfStatus(string status) => status switch
    {
        "succeeded" => "M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM5 8.200l2.2 2.200L11 6",
        "failed" => "M5.3 1.500h5.400l3.8 3.800v5.400l-3.8 3.800H5.300L1.5 10.700V5.300zM5.5 5.500l5 5M10.5 5.500l-5 5",
        "caught" => "M8 1.5 15 14H1zM8 6v4M8 11.800v.6",
        "running" => "M14.5 8A6.5 6.5 0 1 1 8 1.5",
        "waiting" => "M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM6 5.500v5M10 5.500v5",
        "timedout" => "M8 1.500a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM8 4.500V8l2.5 1.5",
        "aborted" => "M2 2h12v12H2zM5 8h6",
        _ => null,
    };
}
