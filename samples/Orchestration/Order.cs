public sealed record Order(string Id, string[] Lines);
