"""How customers come to be friends: live codes, the channels they stand in, what those cost.

A live code keeps one contact way of WeCom showing the people who are to be added now, and knows whoever came
by it. It never speaks to the platform but through `wecom`, and never decides what is sent to a new friend.
"""
